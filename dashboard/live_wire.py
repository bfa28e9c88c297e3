"""One server-sent event as bytes that continue any screen's gzip stream."""

from __future__ import annotations

import zlib
from typing import Final

GZIP_BEGINS: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
WHOLE: Final = (-15, 8)
"""Raw deflate with its largest window and table."""
SMALL: Final = (-13, 6)
"""A change is far shorter than the window: clearing the tables of a larger one takes longer than deflating."""
SMALL_BYTES: Final = 8192


def event(name: str, text: str) -> bytes:
    """Deflated by itself and flushed in full, so that the same bytes may follow any others in any stream."""
    plain = f"event: {name}\ndata: {text}\n\n".encode()
    deflate = zlib.compressobj(6, zlib.DEFLATED, *(SMALL if len(plain) < SMALL_BYTES else WHOLE))
    return deflate.compress(plain) + deflate.flush(zlib.Z_FULL_FLUSH)
