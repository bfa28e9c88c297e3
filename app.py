"""Builds one ward and serves it: `python app.py` runs the ward that the environment describes."""

from __future__ import annotations

import gc
import socket
import sys
from contextlib import suppress

import uvicorn
from pydantic import ValidationError

from dashboard.factory import WardApp, build
from dashboard.refused_ward import RefusedWard
from dashboard.settings import Settings, refused_words
from dashboard.wards import TRAINING_PIN, NoWard
from models.store.refusals import StoreRefused


class WardServer(uvicorn.Server):
    """Ends the streams before it waits for its connections, so that stopping takes a moment."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if isinstance(self.config.app, WardApp):
            self.config.app.close_streams()
        await super().shutdown(sockets)


def server_of(app: WardApp | RefusedWard, host: str, port: int) -> WardServer:
    """One process, one worker: the stream's listeners live in it."""
    return WardServer(
        uvicorn.Config(
            app,
            host=host,
            port=port,
            ws="none",
            lifespan="on" if isinstance(app, WardApp) else "off",
            access_log=False,
            log_level="warning",
            server_header=False,
            timeout_graceful_shutdown=2,
            # A browser tries its idle connections first; when a network has swallowed them each costs it seconds.
            timeout_keep_alive=1,
        )
    )


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


def welcome(app: WardApp) -> str:
    settings, ward = app.settings, app.live_ward.status()
    lines = [f"{ward.name or 'A new ward'} ({settings.mode}) on http://{settings.host}:{settings.port}"]
    if settings.is_training:
        names = ", ".join(ward.staff.values())
        lines.append(f"Sign on as {names}; everybody's PIN is {TRAINING_PIN}.")
    return "\n".join(lines)


def main() -> int:
    try:
        settings = Settings()
    except ValidationError as fault:
        say(refused_words(fault))
        return 2
    app: WardApp | RefusedWard
    try:
        app = build(settings)
        say(welcome(app))
    except NoWard as nothing:
        say(nothing.sentence)
        return 2
    except StoreRefused as refused:
        say(refused.sentence)
        app = RefusedWard(refused.sentence, settings.mode)
    # Looking for garbage among all that stands since the start would hold every screen up for a tenth of a second.
    gc.collect()
    gc.freeze()
    with suppress(KeyboardInterrupt):
        server_of(app, settings.host, settings.port).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
