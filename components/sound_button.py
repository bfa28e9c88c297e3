"""The button that says whether this tablet can be heard, and opens what can be done about it (assets/alerts.js)."""

from __future__ import annotations

from components import html
from components.attributes import attributes
from components.icons import icon


def sound_button() -> html.Button:
    """`data-sound` is on, off, paused or sounding; the face tells the minutes left, or the chair that sounds."""
    faces = [icon("speaker", "when-heard"), icon("speaker-off", "when-off"), html.B("", className="sound-face")]
    marks = attributes(data_sound_button="", data_sound="off", aria_expanded="false", aria_label="Sound")
    return html.Button(faces, type="button", className="control sound-button", **marks)


def sound_words() -> html.Span:
    """Beside *live*: nothing while all is well, else `sound off` or `sound paused 1:43`."""
    return html.Span("", className="sound-words", **attributes(data_sound_words=""))
