"""The sign-on page: a tile for every member of staff and a PIN pad; `assets/sign_on.js` gives it hands."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from components.ward_alarms import place_html
from dashboard.pages.plain import plain_page
from models.store.rows import StaffMember

LOCKED = (
    f'{place_html()}<section id="locked" class="locked" aria-label="Alerts" hidden><ul id="locked-alarms"></ul>'
    '<p id="locked-said"></p></section>'
)
"""What a tablet nobody is signed on at may still show of the ward: chairs and colours; filled by assets/sign_on.js."""
TO_JOIN = '<p class="join-link"><a href="/join">Join a training room</a></p>'
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")


def sign_on_page(ward_name: str, mode: str, staff: Sequence[StaffMember]) -> str:
    tiles = "".join(
        f'<button type="button" class="staff-tile" data-staff="{escape(one.id)}" aria-pressed="false">'
        f"<b>{escape(one.name)}</b><span>{escape(one.role)}</span></button>"
        for one in staff
    )
    hint = '<p class="pin-hint">Training: everybody&#x27;s PIN is <b>246810</b>.</p>' if mode == "training" else ""
    to_join = TO_JOIN if mode == "training" else ""
    keys = "".join(f'<button type="button" class="pin-key" data-digit="{digit}">{digit}</button>' for digit in KEYS)
    body = (
        f'<p class="ward-name">{escape(ward_name)}</p>{to_join}{LOCKED}<div class="sign-on">'
        f'<section aria-labelledby="who"><h2 id="who">Who are you?</h2><div class="staff-tiles">{tiles}</div></section>'
        f'<form class="pin-pad" id="pin-pad" hidden><h2 id="pin-of">PIN</h2>{hint}'
        '<label class="pin-label" for="pin">PIN, six digits</label>'
        '<input id="pin" name="pin" type="password" inputmode="numeric" pattern="[0-9]{6}" maxlength="6" '
        'autocomplete="off" aria-describedby="sign-on-refusal" required>'
        f'<div class="pin-keys">{keys}<button type="button" class="pin-key" data-clear>Clear</button>'
        '<button type="button" class="pin-key" data-digit="0">0</button>'
        '<button type="submit" class="pin-key primary">Sign on</button></div>'
        '<p id="sign-on-refusal" class="refusal" role="alert"></p></form></div>'
    )
    return plain_page("Sign on", body, mode, ["/assets/alerts.js", "/assets/sign_on.js"])
