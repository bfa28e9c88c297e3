"""Open screens without a browser: they read the stream as it comes and note when a change arrived."""

import asyncio
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

CHANGE = b"event: ward"
TICK = b"event: tick"


@dataclass
class Screen:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    inflate: "zlib._Decompress" = field(default_factory=lambda: zlib.decompressobj(31))
    received: int = 0
    changed_at: float | None = None
    change_bytes: int = 0
    ticked_at: float | None = None
    longest_silence: float = 0.0

    async def follow(self) -> None:
        """Chunked frames: a line with the length in hexadecimal, the bytes, an empty line."""
        while length := int((await self.reader.readline()).strip() or b"0", 16):
            body = await self.reader.readexactly(length)
            await self.reader.readexactly(2)
            at = time.monotonic()
            self.received += length + 2 + len(f"{length:x}") + 2
            told = self.inflate.decompress(body)
            if TICK in told:
                self.longest_silence = max(self.longest_silence, at - (self.ticked_at or at))
                self.ticked_at = at
            if CHANGE in told and self.changed_at is None:
                self.changed_at, self.change_bytes = at, length


class Screens:
    """`async with Screens(port, 100, path, cookie) as screens:` holds a hundred open screens."""

    def __init__(self, port: int, number: int, path: str, cookies: Sequence[str] = ("",)) -> None:
        self.port, self.number, self.path, self.cookies = port, number, path, cookies
        self.all: list[Screen] = []
        self.following: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> "Screens":
        for number in range(self.number):
            self.all.append(await self.open(self.cookies[number % len(self.cookies)]))
        self.following = [asyncio.create_task(screen.follow()) for screen in self.all]
        await asyncio.sleep(0.5)
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self.following:
            task.cancel()
        for screen in self.all:
            screen.writer.transport.abort()
        await asyncio.gather(*self.following, return_exceptions=True)
        await asyncio.sleep(0.3)

    async def open(self, cookie: str) -> Screen:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        head = f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode())
        status = await reader.readline()
        assert b" 200 " in status, status
        while (await reader.readline()).strip():
            pass
        return Screen(reader, writer)

    def received(self) -> int:
        return sum(screen.received for screen in self.all)

    def listen(self) -> None:
        for screen in self.all:
            screen.changed_at = None

    async def all_changed(self, within: float = 10) -> None:
        give_up = time.monotonic() + within
        while any(screen.changed_at is None for screen in self.all):
            assert time.monotonic() < give_up, "a screen heard nothing of a change"
            await asyncio.sleep(0.002)


class Poster:
    """One kept connection that posts entries."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.port, self.cookie = port, cookie
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: bytes, key: str) -> float:
        """Answers when it was sent; asserts that it was saved."""
        if self.streams is None or self.streams[0].at_eof():  # the server keeps an idle connection for a second
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\nIdempotency-Key: {key}\r\nCookie: {self.cookie}\r\n"
            f"Origin: http://127.0.0.1:{self.port}\r\nAccept-Encoding: identity\r\n\r\n"
        )
        sent = time.monotonic()
        writer.write(head.encode() + body)
        status = await reader.readline()
        length, chunked = 0, False
        while line := (await reader.readline()).strip().lower():
            length = int(line.split(b":")[1]) if line.startswith(b"content-length") else length
            chunked = chunked or line.startswith(b"transfer-encoding")
        answer = await chunks(reader) if chunked else await reader.readexactly(length)
        assert status.split()[1] in (b"200", b"201"), (status, answer[:300])
        return sent


async def chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while length := int((await reader.readline()).strip(), 16):
        body += await reader.readexactly(length)
        await reader.readexactly(2)
    await reader.readline()
    return body
