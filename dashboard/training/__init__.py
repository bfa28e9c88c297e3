"""Training rooms: a scenario played by learners on their own tablets, led by a trainer. A real ward has none of it."""

from __future__ import annotations

from functools import partial

from fastapi import FastAPI

from dashboard.training import debrief, injecting, joining, trainer_acts, trainer_routes
from dashboard.training.leading import led
from dashboard.training.rooms import Rooms
from dashboard.training.trainer_pages import pages as pages


def register(server: FastAPI, rooms: Rooms) -> None:
    joining.register(server, rooms)
    trainer_routes.register(server, rooms)
    injecting.register(server, rooms)
    trainer_acts.register(server, rooms)
    debrief.register(server, partial(led, rooms))
