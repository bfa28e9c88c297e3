"""The stream on the wire: what a screen hears, in what order, and when it hears no more."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from components.live_fragment import Fragment
from dashboard.factory import WardApp
from dashboard.live_screen import Listener, Screen
from dashboard.live_wire import GZIP_BEGINS, event
from dashboard.pages import LivePage
from models.clinical.clock import ScenarioClock
from tests.dashboard.served import CANARY, MORNING, Listening, a_screen, a_ward, arrive, book, on_loopback, sign_on


@pytest.fixture
def app(sqlite_url: str) -> WardApp:
    return a_ward(sqlite_url, ScenarioClock(MORNING))


@pytest.fixture
def url(app: WardApp) -> Iterator[str]:
    with on_loopback(app) as url:
        yield url


def test_a_screen_hears_who_it_is_then_the_whole_page_then_a_tick(app: WardApp, url: str):
    book(app, "2")
    with a_screen(url) as screen:
        heard = [screen.next() for _ in range(3)]
        assert [one.name for one in heard if one] == ["hello", "ward", "tick"]
        hello, ward, tick = (one.told for one in heard if one)
        assert (hello["staff"], hello["name"], hello["zone"]) == ("okafor", "Ada Okafor", "Europe/London")
        assert CANARY.upper() in str(ward["fragments"]["card-2"]).upper()
        assert {"card-1", "card-2", "card-3", "card-4"} <= set(ward["fragments"])
        assert hello["boot"] == tick["boot"] and hello["build"] == tick["build"]
        assert abs(tick["now"] / 1000 - app.clock.now().timestamp()) < 5
        assert abs(tick["real"] / 1000 - app.clock.real()) < 5


def test_a_change_brings_the_changed_fragments_only(app: WardApp, url: str):
    first, _ = book(app, "1"), book(app, "2", "Otherfamily")
    with a_screen(url) as screen:
        screen.until("tick")
        arrive(app, first)
        changed = screen.until("ward").told["fragments"]
        assert "card-1" in changed and "card-2" not in changed and "card-3" not in changed


def test_two_screens_of_one_page_get_the_very_same_bytes(app: WardApp, url: str):
    """Drawn and deflated once, for however many."""
    with httpx2.Client(base_url=url) as http:
        sign_on(http)
        with http.stream("GET", "/live?page=board") as one, http.stream("GET", "/live?page=board") as other:
            assert one.headers["content-encoding"] == "gzip"
            assert one.headers["content-type"].startswith("text/event-stream")
            # Held: a reply whose parts nobody holds any more is closed.
            held = one.iter_raw(), other.iter_raw()
            first, second = greeting(held[0]), greeting(held[1])
            whole = app.stream._screens["board"].whole()
    assert first.startswith(GZIP_BEGINS) and second.startswith(GZIP_BEGINS)
    assert whole in first and whole in second


def greeting(parts: Iterator[bytes]) -> bytes:
    """The raw bytes up to and with the first tick after the whole page."""
    read, unzipped, plain = b"", zlib.decompressobj(31), b""
    for part in parts:
        read += part
        plain += unzipped.decompress(part)
        if b"event: tick" in plain:
            break
    return read


def test_events_follow_each_other_in_any_order_in_one_gzip_stream():
    first, second = event("ward", '{"a": 1}'), event("tick", '{"b": 2}')
    for order in ([first, second], [second, first, first]):
        plain = zlib.decompressobj(31).decompress(GZIP_BEGINS + b"".join(order)).decode()
        assert plain.count("event: ") == len(order)


def test_a_tick_weighs_little(app: WardApp):
    """At most 100 bytes a second and screen; the chunk around it takes six more."""
    assert len(app.stream._tick()) + 6 <= 2 * 100


def test_ticks_come_every_two_seconds_for_as_long_as_the_ward_can_be_read(app: WardApp, url: str):
    with a_screen(url) as screen:
        first, second, third = (screen.until("tick").told for _ in range(3))
        assert 1500 < third["real"] - second["real"] < 3500
        assert second["now"] - first["now"] == pytest.approx(second["real"] - first["real"], abs=50)


def test_no_tick_when_the_ward_cannot_be_read(app: WardApp, url: str, tmp_path: Path):
    with a_screen(url) as screen:
        screen.until("tick")
        screen.until("tick")
        rename(tmp_path, "fact", "fact_away")
        app.live_ward.changed()
        with pytest.raises(httpx2.ReadTimeout):
            while True:
                screen.next()  # at most what was on its way
        rename(tmp_path, "fact_away", "fact")


def rename(folder: Path, table: str, to: str) -> None:
    with sqlite3.connect(folder / "ward.db", isolation_level=None) as database:
        database.execute("PRAGMA legacy_alter_table = ON")
        database.execute(f"ALTER TABLE {table} RENAME TO {to}")
    database.close()


def test_a_new_screen_gets_no_tick_while_the_ward_cannot_be_read(app: WardApp, url: str, tmp_path: Path):
    with a_screen(url) as screen:
        screen.until("tick")
    rename(tmp_path, "fact", "fact_away")
    app.live_ward.changed()
    with httpx2.Client(base_url=url) as http:
        while http.get("/healthz").status_code == 200:
            pass
        assert http.get("/healthz").json()["live"] is False
    with a_screen(url) as screen:
        assert screen.until("ward")
        with pytest.raises(httpx2.ReadTimeout):
            screen.next()
    rename(tmp_path, "fact_away", "fact")


def test_a_page_that_cannot_be_drawn_harms_no_other_and_does_not_tick(
    app: WardApp, url: str, caplog: pytest.LogCaptureFixture
):
    def broken(status: Any) -> Any:
        raise KeyError(CANARY)

    whole = app.stream._page_of
    app.stream._page_of = lambda key, status: (
        LivePage("broken", "Broken", lambda status: None, broken, ()) if key == "broken" else whole(key, status)  # type: ignore[arg-type,return-value]
    )
    with a_screen(url, "broken") as dark, a_screen(url, who="novak") as screen:
        assert dark.next().name == "hello"  # type: ignore[union-attr]
        screen.until("tick")
        screen.until("tick")
        with pytest.raises(httpx2.ReadTimeout):
            dark.next()
    assert "KeyError" in caplog.text and CANARY not in caplog.text


def test_a_page_that_does_not_exist_has_no_stream(url: str):
    with httpx2.Client(base_url=url) as http:
        sign_on(http)
        assert http.get("/live?page=chair/99").status_code == 404
        assert http.get("/live").status_code == 404
        assert http.head("/live?page=board").status_code == 404


def test_a_fifth_stream_of_one_browser_ends_the_oldest_and_tells_it(url: str):
    with httpx2.Client(base_url=url) as http:
        sign_on(http)
        streams = []
        for _ in range(5):
            streams.append(Listening(http))
            streams[-1].until("tick")
        told: list[str] = []
        while (heard := streams[0].next()) is not None:
            told.append(heard.name)
        assert told[-1] == "elsewhere"
        for other in streams[1:]:
            other.until("tick")
        for stream in streams:
            stream.close()


def test_streams_of_another_browser_are_not_counted(url: str):
    with ExitStack() as browsers:
        screens = [browsers.enter_context(a_screen(url)) for _ in range(5)]
        for screen in screens:
            screen.until("tick")
            screen.until("tick")


def test_a_stream_ends_with_its_sign_on(url: str):
    with httpx2.Client(base_url=url) as http:
        sign_on(http)
        stream = Listening(http)
        stream.until("tick")
        assert http.post("/api/sign-off").status_code == 200
        told: list[str] = []
        while (heard := stream.next()) is not None:
            told.append(heard.name)
        assert told[-1] == "signed-off"


def test_a_stream_ends_when_the_next_nurse_signs_on_in_the_same_browser(url: str):
    with httpx2.Client(base_url=url) as http:
        sign_on(http)
        stream = Listening(http)
        stream.until("tick")
        sign_on(http, "novak")
        while (heard := stream.next()) is not None:
            last = heard.name
        assert last == "signed-off"


def test_a_training_clock_set_forward_is_on_every_screen_at_once(app: WardApp, url: str):
    later = MORNING + timedelta(hours=3)
    with httpx2.Client(base_url=url) as http, a_screen(url) as screen:
        sign_on(http)
        screen.until("tick")
        told = http.post("/api/training/clock", json={"now": later.isoformat(), "rate": 60})
        assert told.json()["rate"] == 60
        while (tick := screen.until("tick").told)["rate"] != 60:
            pass
        assert datetime.fromtimestamp(tick["now"] / 1000, UTC) >= later


def test_an_open_stream_does_not_keep_the_ward_from_stopping(sqlite_url: str):
    app = a_ward(sqlite_url)
    ended = threading.Event()

    def watch(url: str) -> None:
        with a_screen(url) as screen:
            screen.until("tick")
            listening.set()
            while screen.next() is not None:
                pass
            ended.set()

    listening = threading.Event()
    with on_loopback(app) as url:
        threading.Thread(target=watch, args=[url], daemon=True).start()
        assert listening.wait(10)
    assert ended.wait(1), "the stream was cut, not ended"


# ---- one listener, without a server ----------------------------------------------------------------------------------


class SlowReader:
    """A connection whose buffer is full until `drained` is set, as uvicorn makes a sender wait."""

    def __init__(self) -> None:
        self.drained = asyncio.Event()
        self.drained.set()
        self.got: list[bytes] = []

    async def send(self, message: Any) -> None:
        await self.drained.wait()
        self.got.append(message["body"])


def a_page(text: list[str]) -> Screen:
    page = LivePage("page", "Page", lambda status: None, lambda status: {"place": {"children": text[0]}}, ())  # type: ignore[arg-type,return-value]
    return Screen(page)


class Revision:
    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.chairs = ()


def test_a_slow_reader_grows_no_backlog_and_then_gets_the_whole_page_as_it_is_now():
    async def story() -> None:
        reader, text = SlowReader(), ["0"]
        screen = a_page(text)
        screen.draw(Revision(0))  # type: ignore[arg-type]
        listener = Listener(reader.send, "")
        listener.write(b"in time")
        reader.drained.clear()
        for number in range(1, 1000):
            text[0] = str(number)
            listener.write(screen.draw(Revision(number)), else_whole=screen)  # type: ignore[arg-type]
            listener.write(b"tick")
        assert reader.got == [b"in time"]
        reader.drained.set()
        await asyncio.sleep(0)
        while len(reader.got) < 3:
            await asyncio.sleep(0)
        for _ in range(10):
            await asyncio.sleep(0)
        assert len(reader.got) == 3 and reader.got[2] == screen.whole()
        assert b'"999"' in zlib.decompressobj(-15).decompress(reader.got[2])

    asyncio.run(story())


def test_an_unchanged_fragment_is_not_drawn_again():
    drawn: list[int] = []
    seen = object()

    def props() -> dict[str, Any]:
        drawn.append(1)
        return {"children": "same"}

    page = LivePage("page", "Page", lambda status: None, lambda status: {"place": Fragment((seen,), props)}, ())  # type: ignore[arg-type,return-value]
    screen = Screen(page)
    assert screen.draw(Revision(1)) != b""  # type: ignore[arg-type]
    assert screen.draw(Revision(2)) == b""  # type: ignore[arg-type]
    assert len(drawn) == 1


def test_the_whole_page_is_made_once_for_everybody_who_comes_between_two_changes():
    text = ["a"]
    screen = a_page(text)
    screen.draw(Revision(1))  # type: ignore[arg-type]
    assert screen.whole() is screen.whole()
    text[0] = "b"
    before = screen.whole()
    screen.draw(Revision(2))  # type: ignore[arg-type]
    assert screen.whole() is not before
