"""The people of the ward on Today: who they are, and the form by which a charge nurse adds a colleague."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from dash.development.base_component import Component

from components import html
from components.act_fields import Field, field
from components.attributes import attributes
from components.plain_html import plain
from components.today_forms import form

if TYPE_CHECKING:
    from models.ward_status import WardStatus

ROLE = Field("role", "Role", "one", choices=(("nurse", "Nurse"), ("charge nurse", "Charge nurse")), default="nurse")
NOTE = "A charge nurse adds a colleague. The colleague types the PIN; nobody else needs to know it."


def staff_form() -> Component:
    fields = [
        field(Field("name", "Name, as on the name badge", "text"), "staff"),
        field(ROLE, "staff"),
        _pin("pin", "PIN, six digits"),
        _pin("pin_again", "The same PIN again"),
    ]
    note = html.P(NOTE, className="form-note")
    return form("staff", "Staff", "/api/staff", "Add the colleague", fields, note=note, wardwide=True, timeless=True)


def staff_words(status: WardStatus) -> str:
    return "Staff: " + ", ".join(sorted(status.staff.values()))


def _pin(name: str, words: str) -> Component:
    ident = f"staff-{name.replace('_', '-')}"
    typed = (
        f'<input id="{escape(ident)}" type="password" inputmode="numeric" maxlength="6" autocomplete="new-password">'
    )
    marks = attributes(data_field=name, data_type="text")
    return html.Div([html.Label(words, htmlFor=ident), plain(typed, "typed")], className="field", **marks)
