"""The fault proxy fails exactly as it is told to, and the server behind it sees what a real fault shows."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.browser.proxy import FaultProxy, Mode

SOON = 2  # seconds; long enough for a busy machine, short enough to wait for silence


class EchoServer:
    """Answers every chunk with `reply to <chunk>` and remembers what it heard, `left` for a client gone."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listening.accept()
            except OSError:
                return
            self._open.append(peer)
            self._threads.append(threading.Thread(target=self._answer, args=[peer], daemon=True))
            self._threads[-1].start()

    def _answer(self, peer: socket.socket) -> None:
        with peer, suppress(OSError):
            while chunk := peer.recv(65536):
                self.heard.append(chunk)
                peer.sendall(b"reply to " + chunk)
        self.heard.append(b"left")

    def close(self) -> None:
        for each in [self._listening, *self._open]:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(2)
        self._listening.close()


@pytest.fixture
def server() -> Iterator[EchoServer]:
    server = EchoServer()
    yield server
    server.close()


@pytest.fixture
def proxy(server: EchoServer) -> Iterator[FaultProxy]:
    with FaultProxy(server.port) as proxy:
        yield proxy


@pytest.fixture
def client(proxy: FaultProxy) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON) as client:
        assert ask(client, b"hello") == b"reply to hello"
        yield client


def ask(client: socket.socket, chunk: bytes) -> bytes:
    client.sendall(chunk)
    return client.recv(65536)


def hears_nothing(client: socket.socket) -> bool:
    try:
        return not client.recv(1)
    except TimeoutError:
        return True


def test_a_late_link_delivers_everything_in_order_and_late(proxy: FaultProxy, client: socket.socket):
    proxy.delay = 0.2
    client.settimeout(10)
    started = time.monotonic()
    assert ask(client, b"one") == b"reply to one"
    assert 0.4 <= time.monotonic() - started < 1.5
    proxy.delay = 0.0
    assert ask(client, b"two") == b"reply to two"


def test_a_slow_link_trickles(proxy: FaultProxy, client: socket.socket):
    proxy.bytes_per_second = 50
    client.settimeout(10)
    client.sendall(b"0123456789")
    assert len(client.recv(65536)) == 5


def test_a_black_hole_accepts_and_delivers_nothing_until_it_ends(
    proxy: FaultProxy, client: socket.socket, server: EchoServer
):
    proxy.mode = Mode.BLACK_HOLE
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON) as other:
        client.sendall(b"into the hole")
        assert hears_nothing(client)
        other.sendall(b"me too")
        assert hears_nothing(other)
        assert server.heard == [b"hello"]
        proxy.mode = Mode.PASS
        assert client.recv(65536) == b"reply to into the hole"
        assert other.recv(65536) == b"reply to me too"


def test_a_cut_resets_what_is_open_and_refuses_what_is_new(proxy: FaultProxy, client: socket.socket):
    proxy.mode = Mode.CUT
    with pytest.raises(ConnectionResetError):
        client.recv(1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON)
    assert proxy.connections == 0
    proxy.mode = Mode.PASS
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON) as again:
        assert ask(again, b"back") == b"reply to back"


def test_cut_all_resets_the_links_of_the_moment_only(proxy: FaultProxy, client: socket.socket):
    proxy.cut_all()
    with pytest.raises(ConnectionResetError):
        client.recv(1)
    with socket.create_connection(("127.0.0.1", proxy.port), timeout=SOON) as again:
        assert ask(again, b"back") == b"reply to back"


def test_a_half_open_link_carries_what_the_client_says_and_nothing_else_for_good(
    proxy: FaultProxy, client: socket.socket, server: EchoServer
):
    proxy.mode = Mode.HALF_OPEN
    client.sendall(b"is anybody there")
    assert hears_nothing(client)
    proxy.mode = Mode.PASS
    client.sendall(b"and now")
    assert hears_nothing(client)
    client.shutdown(socket.SHUT_WR)
    time.sleep(SOON)
    assert server.heard == [b"hello", b"is anybody there", b"and now"]


def test_a_lost_reply_was_a_request_that_arrived(proxy: FaultProxy, client: socket.socket, server: EchoServer):
    proxy.mode = Mode.DROP_REPLIES
    assert ask(client, b"GET /board") == b"reply to GET /board"
    client.sendall(b"POST /stop")
    assert hears_nothing(client)
    assert server.heard[-1] == b"POST /stop"
    assert proxy.lost_replies == 1


def test_a_reply_may_be_lost_to_a_reset(proxy: FaultProxy, client: socket.socket, server: EchoServer):
    proxy.mode = Mode.RESET_REPLIES
    client.sendall(b"POST /stop")
    with pytest.raises(ConnectionResetError):
        client.recv(1)
    assert b"POST /stop" in server.heard


def test_a_client_hears_that_the_server_is_gone_and_a_new_one_is_reset(
    proxy: FaultProxy, client: socket.socket, server: EchoServer
):
    server.close()
    client.settimeout(10)
    assert client.recv(1) == b""
    with socket.socket() as late, pytest.raises(ConnectionResetError):
        late.settimeout(10)
        late.connect(("127.0.0.1", proxy.port))
        late.recv(1)


def test_a_client_that_leaves_is_seen_to_leave(proxy: FaultProxy, client: socket.socket, server: EchoServer):
    client.close()
    time.sleep(SOON)
    assert server.heard == [b"hello", b"left"]
    assert proxy.connections == 0
