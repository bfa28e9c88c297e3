"""The page a learner joins a room on: the code, then name and role; `assets/join.js` gives it hands."""

from __future__ import annotations

from dashboard.pages.plain import plain_page

CLOSED = '<p class="join-closed" role="status">That training room is closed. With a new code you can join another.</p>'
CODE = (
    '<form id="join-code" class="join-code" autocomplete="off"><label for="code">Code of the room</label>'
    '<input id="code" name="code" type="text" maxlength="4" autocapitalize="characters" autocomplete="off" '
    'spellcheck="false" aria-describedby="code-hint code-refusal" required>'
    '<p id="code-hint">Four letters, on the trainer’s screen.</p>'
    '<p id="code-refusal" class="refusal" role="alert"></p></form>'
)
ROOM = (
    '<form id="join-room" class="join-room" autocomplete="off" hidden><h2 id="room-title" tabindex="-1"></h2>'
    '<p id="room-kind"></p><div class="join-name"><label for="name">Your name</label>'
    '<input id="name" name="name" type="text" maxlength="40" autocomplete="off" required '
    'aria-describedby="name-refusal">'
    '<p id="name-refusal" class="refusal" role="alert"></p></div>'
    '<fieldset aria-describedby="role-refusal"><legend>Your role</legend>'
    '<div id="roles" class="roles"></div></fieldset>'
    '<p id="role-refusal" class="refusal" role="alert"></p>'
    '<button type="submit" class="primary">Join the room</button></form>'
)


def join_page(closed: bool) -> str:
    return plain_page(
        "Join a training room", f"{CLOSED if closed else ''}{CODE}{ROOM}", "training", ["/assets/join.js"]
    )
