"""What a colleague may be made to do in a room, in the words of the panel."""

from __future__ import annotations

OFFERED = {
    "note": "Writes a note",
    "complete set": "Takes a complete set",
    "partial set": "Takes a partial set: heart rate only",
    "round not done": "Says the round was not done",
    "takes over": "Takes the chair over",
    "pause": "Pauses the infusion",
}
