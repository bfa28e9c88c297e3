"""Going home: where to and who takes over, what is still open before the discharge, and the discharge itself."""

from __future__ import annotations

from collections.abc import Mapping

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.check_lists import check_list
from models.clinical.protocol import Protocol
from models.clinical.status import ChairStatus, Phase


def going_home(status: ChairStatus, protocol: Protocol, staff: Mapping[str, str], zone: str) -> list[Component]:
    """The gate as a list; it is the same list that locks the discharge."""
    head = html.Div([*_prepared(status, protocol), *_way_out(status, protocol)], className="leaving-head", key="head")
    if not status.discharge_list:
        words = "The evaluation is open: a doctor decides first." if status.evaluation_open else NOT_YET
        return [head, html.P(words, className="form-note", key="nothing")]
    return [head, check_list("Before going home", status.discharge_list, status, protocol, staff, zone)]


NOT_YET = "What is to be done before going home is listed once the drug has ended. It can be prepared now."


def prepared_words(status: ChairStatus, protocol: Protocol) -> str:
    """`Ward · Dr Chen takes over`; empty while nothing is prepared."""
    said = status.discharge_prepared
    if said is None:
        return ""
    row = protocol.destinations.get(said.where_to)
    where = row.words if row else said.where_to
    return f"{where} · {said.receiver} takes over" if said.receiver else where


def _prepared(status: ChairStatus, protocol: Protocol) -> list[Component]:
    words = prepared_words(status, protocol)
    said = html.P(["Prepared: ", html.B(words)] if words else "Where to and who takes over: not said yet.")
    if "prepare-discharge" not in status.allowed:
        return [said] if words else []
    marks = attributes(data_open="prepare-discharge")
    change = html.Button("Change …" if words else "Prepare …", type="button", className="control", **marks)
    return [html.Div([said, change], className="leaving-prepared")]


def _way_out(status: ChairStatus, protocol: Protocol) -> list[Component]:
    if status.phase is not Phase.OBSERVATION:
        return []
    if "discharge" in status.allowed:
        return [discharge_button(status, protocol, "save")]
    refused = html.P(status.refused.get("discharge", ""), className="leaving-locked")
    if "discharge" not in status.overridable:
        return [refused]
    words = "A doctor lets it pass …"
    return [refused, html.Button(words, type="button", className="control", **attributes(data_open="discharge"))]


def discharge_button(status: ChairStatus, protocol: Protocol, css: str) -> Component:
    """One tap when it is prepared and nothing is missing; else the form, or the list of what is open."""
    words = prepared_words(status, protocol)
    if "discharge" in status.allowed and words:
        marks = attributes(
            data_send="", data_act="discharge", data_post="discharge", data_says="Discharge", data_body="{}"
        )
        return html.Button(["Discharge", " ", html.Small(words)], type="button", className=f"{css} prepared", **marks)
    if "discharge" in status.allowed:
        return html.Button("Discharge", type="button", className=css, **attributes(data_open="discharge"))
    return html.Button("Discharge", type="button", className=f"{css} quiet", **attributes(data_open="leaving"))
