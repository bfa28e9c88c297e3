"""Which screens and states are shown in pictures, at which sizes."""

from __future__ import annotations

from typing import Final, NamedTuple

SIZES: Final = {"tablet": (1280, 800), "upright": (800, 1280), "wall": (1920, 1080), "phone": (390, 844)}
THEMES: Final = ("light", "dark")
NURSE: Final = "okafor"
RED_CHAIR: Final = "5"


class Screen(NamedTuple):
    """`tap` is what is touched once the page is live, to open a state that no path leads to."""

    name: str
    path: str
    tap: str = ""
    sizes: tuple[str, ...] = tuple(SIZES)


SIGNED_OFF: Final = (Screen("sign-on", "/sign-on"),)
CALM: Final = (
    Screen("board", "/", sizes=("tablet", "upright", "phone", "wall")),
    Screen("wall", "/?wall", sizes=("wall",)),
    Screen("today", "/today"),
    Screen("alarms", "/alarms"),
    *(Screen(f"chair-{label}", f"/chair/{label}") for label in ("2", "4", "7", "9", "10", "12")),
    *(Screen(f"chair-{label}", f"/chair/{label}", sizes=("tablet",)) for label in ("1", "3", "6", "8", "11")),
    Screen("keypad", "/chair/4", tap="[data-keypad] >> nth=0", sizes=("tablet", "upright")),
)
RED: Final = (
    Screen("board-red", "/"),
    Screen("wall-red", "/?wall", sizes=("wall",)),
    Screen("chair-red", f"/chair/{RED_CHAIR}"),
)
NOT_LIVE: Final = (Screen("board-not-live", "/"), Screen("chair-not-live", "/chair/4"))
BOARDS: Final = (6, 16, 30)
"""Numbers of chairs the training ward does not have; drawn from statuses built by hand."""
