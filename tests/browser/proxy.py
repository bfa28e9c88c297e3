"""A loopback proxy between a browser and the ward that can fail as a ward's network does."""

import asyncio
import re
import socket
import struct
import threading
from enum import Enum
from types import TracebackType
from typing import Self

RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # SO_LINGER of no time: the other side reads "connection reset"


class Mode(Enum):
    PASS = "everything passes (late by `delay` seconds, slowed to `bytes_per_second`)"
    BLACK_HOLE = "connections are accepted, nothing is delivered until the mode changes"
    CUT = "every connection is reset, new ones are refused"
    HALF_OPEN = "what the client says arrives; it never hears an answer, nor that a side has left"
    DROP_REPLIES = "a request matching `dropped` reaches the server, its reply never comes"
    RESET_REPLIES = "a request matching `dropped` reaches the server, its reply is a reset"


class FaultProxy:
    """`with FaultProxy(server_port) as proxy:` listens on `proxy.port`; `proxy.mode = Mode.CUT` and so on.

    A link that once met HALF_OPEN or lost a reply stays silent for good, as it would; the client has to
    open a new one. `cut_all()` resets the links of the moment and lets new ones in.
    """

    def __init__(self, target_port: int) -> None:
        self.target_port = target_port
        self.delay = 0.0  # seconds, in each direction
        self.bytes_per_second: int | None = None
        self.dropped = re.compile(rb"POST ")
        self.lost_replies = 0
        self._mode = Mode.PASS
        self._links: set[_Link] = set()
        self._loop = asyncio.new_event_loop()
        self._open = asyncio.Event()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)
        # Bound and never listening: keeps the port ours while a cut refuses connections.
        self._held = socket.socket()
        self._held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self._held.bind(("127.0.0.1", 0))
        self.port: int = self._held.getsockname()[1]

    def __enter__(self) -> Self:
        self._thread.start()
        self._ask(self._listen())
        self._open.set()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ask(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()
        self._held.close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def connections(self) -> int:
        return len(self._links)

    @property
    def mode(self) -> Mode:
        return self._mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self._ask(self._change(mode))

    def cut_all(self) -> None:
        self._ask(self._cut())

    async def passage(self) -> None:
        """Returns at once, or as soon as the black hole ends."""
        await self._open.wait()

    def _ask(self, coroutine) -> None:
        asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, reuse_port=True)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        link = _Link(self, reader, writer)
        link.silent = self._mode is Mode.HALF_OPEN
        self._links.add(link)
        try:
            await link.run()
        finally:
            self._links.discard(link)

    async def _change(self, mode: Mode) -> None:
        before, self._mode = self._mode, mode
        if mode is Mode.BLACK_HOLE:
            self._open.clear()
        else:
            self._open.set()
        for link in self._links:
            link.silent |= mode is Mode.HALF_OPEN
        if mode is Mode.CUT:
            self._server.close()
            await self._cut()
        elif before is Mode.CUT:
            await self._listen()

    async def _cut(self) -> None:
        links = list(self._links)
        for link in links:
            link.reset()
        await asyncio.gather(*(link.ended.wait() for link in links))

    async def _close(self) -> None:
        self._server.close()
        await self._cut()


class _Link:
    """One connection of a client and the one made for it to the server."""

    def __init__(self, proxy: FaultProxy, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.silent = False
        self.ended = asyncio.Event()
        self._proxy = proxy
        self._client = (reader, writer)
        self._writers = [writer]
        self._task: asyncio.Task[None] | None = asyncio.current_task()

    async def run(self) -> None:
        try:
            server = await asyncio.open_connection("127.0.0.1", self._proxy.target_port)
            self._writers.append(server[1])
            async with asyncio.TaskGroup() as pumps:
                pumps.create_task(self._pump(self._client[0], server[1], towards_server=True))
                pumps.create_task(self._pump(server[0], self._client[1], towards_server=False))
        except* (OSError, asyncio.CancelledError):
            self._abort()
        finally:
            for writer in self._writers:
                writer.close()
            self.ended.set()

    def reset(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _pump(self, reader, writer: asyncio.StreamWriter, towards_server: bool) -> None:
        line: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()
        reading = asyncio.create_task(self._read(reader, line, towards_server))
        try:
            while True:
                due, chunk = await line.get()
                await asyncio.sleep(due - asyncio.get_running_loop().time())
                await self._proxy.passage()
                if not await self._deliver(writer, chunk, towards_server):
                    return
        finally:
            reading.cancel()

    async def _read(self, reader: asyncio.StreamReader, line: asyncio.Queue, towards_server: bool) -> None:
        leaving = False
        while not leaving:
            try:
                chunk = await reader.read(65536)
            except OSError:
                chunk = b""
            leaving = not chunk
            if towards_server and self._loses_the_reply_to(chunk):
                self.silent = True
            line.put_nowait((asyncio.get_running_loop().time() + self._proxy.delay, chunk))

    def _loses_the_reply_to(self, chunk: bytes) -> bool:
        losing = self._proxy.mode in (Mode.DROP_REPLIES, Mode.RESET_REPLIES)
        return losing and self._proxy.dropped.match(chunk) is not None

    async def _deliver(self, writer: asyncio.StreamWriter, chunk: bytes, towards_server: bool) -> bool:
        """Hand on one chunk, empty for "this side has left"; False when there is no more to hand on."""
        if self.silent and (not chunk or not towards_server):
            self._swallow(chunk)
            return True
        if not chunk:
            writer.write_eof()
            return False
        speed = self._proxy.bytes_per_second
        piece = len(chunk) if speed is None else max(1, speed // 10)
        for start in range(0, len(chunk), piece):
            writer.write(chunk[start : start + piece])
            await writer.drain()
            await asyncio.sleep(0 if speed is None else 0.1)
        return True

    def _swallow(self, reply: bytes) -> None:
        if reply:
            self._proxy.lost_replies += 1
        if reply and self._proxy.mode is Mode.RESET_REPLIES:
            self.reset()

    def _abort(self) -> None:
        for writer in self._writers:
            peer = writer.get_extra_info("socket")
            if peer is not None and peer.fileno() != -1:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            writer.transport.abort()
