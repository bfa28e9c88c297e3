"""The set-up page of a new ward: its name, chairs, people to call and first charge nurse, with the one-time code."""

from __future__ import annotations

from html import escape

from dashboard.pages.plain import plain_page

# name, label, what it says below, type, autocomplete
FIELDS = (
    ("code", "Set-up code", "printed by make new-ward; it works once", "text", "off"),
    ("name", "Name of the ward", "as it stands on every screen, e.g. Day ward 3", "text", "off"),
    ("chairs", "Chairs", "e.g. 1-12, or 1, 2, 3, A, B", "text", "off"),
    ("zone", "Time zone", "e.g. Europe/London", "text", "off"),
    ("supervising_neurologist", "Supervising neurologist", "", "text", "off"),
    ("emergency_contact", "Emergency contact", "who is called, and the number", "text", "off"),
    ("charge_nurse", "Name of the first charge nurse", "", "text", "name"),
    ("pin", "PIN of the charge nurse", "six digits", "password", "new-password"),
    ("pin_again", "The same PIN again", "", "password", "new-password"),
)


def set_up_page(mode: str) -> str:
    fields = "".join(_field(*field) for field in FIELDS)
    body = (
        "<p>This ward has no staff yet. What you enter here opens it; the charge nurse then adds colleagues "
        "on the page Today, under Staff.</p>"
        f'<form id="set-up" class="set-up">{fields}<p id="set-up-refusal" class="refusal" role="alert"></p>'
        '<button type="submit" class="primary">Open the ward</button></form>'
    )
    return plain_page("Set up the ward", body, mode, ["/assets/sign_on.js"])


def _field(name: str, label: str, hint: str, kind: str, autocomplete: str) -> str:
    value = "Europe/London" if name == "zone" else ""
    pin = ' inputmode="numeric" pattern="[0-9]{6}" maxlength="6"' if kind == "password" else ""
    return (
        f'<div class="set-up-field"><label for="{name}">{escape(label)}</label>'
        f'<input id="{name}" name="{name}" type="{kind}" value="{value}" autocomplete="{autocomplete}" '
        f'aria-describedby="{name}-hint" required{pin}><small id="{name}-hint">{escape(hint)}</small></div>'
    )
