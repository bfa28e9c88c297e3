"""Who looks after a chair, how it is handed over, and what concerns the chair itself rather than the infusion."""

from __future__ import annotations

from collections.abc import Mapping

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from models.clinical.status import ChairStatus

CHAIR_ACTS = (
    ("vital-signs", "Vital signs"),
    ("assign", "Hand over or assign …"),
    ("interval", "Round interval …"),
    ("review", "Doctor's review …"),
    ("reference-values", "Reference values …"),
    ("advice", "Advice …"),
    ("complete", "Complete the infusion …"),
    ("samples", "Sample …"),
    ("prepare", "Another bag …"),
    ("move", "Move to another chair …"),
    ("swap", "Swap chairs with …"),
    ("leaving", "Going home …"),
    ("transfer", "Transfer …"),
    ("defer", "Defer …"),
)
"""Acts that have no place of their own in the bar in every phase."""


def nurse_button(status: ChairStatus, staff: Mapping[str, str]) -> Component:
    """The responsible nurse, or nobody."""
    name = short_name(staff.get(status.nurse, status.nurse)) if status.nurse else "nobody"
    css = "control nurse" if status.nurse else "control nurse nurse-nobody"
    return html.Button(
        f"{name} ▾",
        type="button",
        className=css,
        **attributes(data_open="nurse", aria_label=f"Responsible nurse: {name}. Open the chair's menu"),
    )


def short_name(name: str) -> str:
    """The family name: the banner has room for one word."""
    return name.split()[-1] if name.split() else name


def nurse_menu() -> Component:
    buttons = [
        html.Button(words, type="button", className="control", **attributes(data_open=act)) for act, words in CHAIR_ACTS
    ]
    return html.Div(
        [
            html.Div(
                [
                    html.Button("‹ Back", type="button", className="control back", **attributes(data_back="")),
                    html.H2("This chair", className="form-title"),
                    html.A("Board", href="/", className="control", **attributes(aria_label="Ward board")),
                    html.Button("Sign off", type="button", className="control", **attributes(data_sign_off="")),
                ],
                className="form-head",
            ),
            html.Div(
                [
                    html.Button(
                        "I look after this chair",
                        type="button",
                        className="control",
                        id="take-over",
                        **attributes(
                            data_send="",
                            data_act="assign",
                            data_post="assign",
                            data_says="Responsible nurse",
                            data_mine="nurse",
                            data_timeless="",
                        ),
                    ),
                    html.Button(
                        "Nobody looks after it",
                        type="button",
                        className="control",
                        **attributes(
                            data_send="",
                            data_act="assign",
                            data_post="assign",
                            data_says="Responsible nurse",
                            data_body='{"nurse": null}',
                            data_timeless="",
                        ),
                    ),
                    *buttons,
                ],
                className="menu",
            ),
        ],
        id="panel-nurse",
        className="panel",
        hidden=True,
    )
