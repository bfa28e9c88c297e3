"""One server-sent event as bytes that continue any screen's gzip stream."""

from __future__ import annotations

import zlib
from typing import Final

GZIP_BEGINS: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
RAW_DEFLATE: Final = -15


def event(name: str, text: str) -> bytes:
    """Deflated by itself and flushed in full, so that the same bytes may follow any others in any stream."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, RAW_DEFLATE)
    plain = f"event: {name}\ndata: {text}\n\n".encode()
    return deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH)
