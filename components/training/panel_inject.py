"""The forms by which a trainer brings something about: a symptom, other values, a colleague's entry, a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.live_fragment import Fragments
from components.plain_html import plain
from components.training.offers import OFFERED
from models.clinical.vital_signs import CONSCIOUSNESS, PARAMETERS

if TYPE_CHECKING:
    from models.clinical.protocol import Protocol

KINDS = {"symptom": "Symptom", "values": "Values", "entry": "Colleague"}
CHANGES = {"new": "new", "worse": "worse", "gone": "gone"}
FIELDS = ("heart_rate", "systolic", "diastolic", "spo2", "temperature", "respiratory_rate")
Options = Mapping[str, str]


def layout(protocol: Protocol, chairs: Options, has_copies: bool, colleagues: Options, choices: Component) -> Component:
    """Beside live places, never in one: what is typed stays."""
    forms = [_symptom_form(protocol), _values_form(), _entry_form(colleagues)]
    chips = [
        html.Button(
            words, type="button", className="chip", **attributes(data_inject=kind, aria_pressed=str(not place).lower())
        )
        for place, (kind, words) in enumerate(KINDS.items())
    ]
    named = attributes(aria_label="What to bring about")
    return html.Section(
        [
            html.H2("Bring something about", id="inject", className="part-title"),
            plain(_where(chairs, has_copies), "inject-where"),
            html.Div(chips, className="chips", role="group", **named),
            plain("".join(forms), "inject-forms"),
            choices,
            plain(_mark_form(), "mark-form"),
            html.Div("", id="panel-copies", hidden=True),
        ],
        className="box inject lead-only",
        **attributes(aria_labelledby="inject"),
    )


def fragments(copies: Sequence[tuple[int, str]]) -> Fragments:
    """The copies there are, for the choice of one: the browser keeps what was chosen."""
    options = [html.Span(f"copy {number} · {whose}", **attributes(data_copy=str(number))) for number, whose in copies]
    return {"panel-copies": {"children": options}}


# ---- forms as text: Dash never draws them anew -----------------------------------------------------------------------


def _where(chairs: Options, has_copies: bool) -> str:
    chair = _select("chair", "For", chairs) if len(chairs) > 1 else _hidden("chair", next(iter(chairs)))
    return (_select("play", "For", {"": "every copy"}) if has_copies else "") + chair


def _symptom_form(protocol: Protocol) -> str:
    red = {one.id: one.words for one in protocol.symptoms.values() if one.red}
    others = {one.id: one.words for one in protocol.symptoms.values() if not one.red}
    groups = f'<optgroup label="Red">{_options(red)}</optgroup><optgroup label="Others">{_options(others)}</optgroup>'
    severities = {"": "not said", **{one: one for one in protocol.severities}}
    return _form(
        "symptom",
        f'<label class="wide">Symptom<select name="symptom">{groups}</select></label>'
        f"{_select('severity', 'How bad', severities)}{_select('change', 'It is', CHANGES)}"
        f"{_text('says', 'What the patient says', 'e.g. My head hurts.', 200)}",
        "The patient has it now",
    )


def _values_form() -> str:
    numbers = "".join(_number(name) for name in FIELDS)
    awake = {"": "as it is", **{word: word for word in CONSCIOUSNESS.values()}}
    over = '<label>Over, minutes<input name="minutes" inputmode="numeric" value="5" autocomplete="off"></label>'
    hint = '<p class="wide hint">What is left empty goes on as the scenario has it.</p>'
    return _form("values", f"{numbers}{_select('consciousness', 'Awake', awake)}{over}{hint}", "Let it change")


def _entry_form(colleagues: Options) -> str:
    note = _text("text", "Words of a note, or of the pause", "e.g. Asked for a blanket.", 500)
    return _form("entry", f"{_select('by', 'Who', colleagues)}{_select('offer', 'Does', OFFERED)}{note}", "Done now")


def _mark_form() -> str:
    field = _text("words", "Mark this moment for the debrief", "What to come back to", 200, needed=True)
    return f'<form data-form="mark">{field}<button type="submit" class="control">Mark</button></form>'


def _form(kind: str, fields: str, button: str) -> str:
    hidden = "" if kind == next(iter(KINDS)) else " hidden"
    return (
        f'<form data-form="inject" data-kind="{kind}"{hidden}>{fields}'
        f'<button type="submit" class="control primary wide">{escape(button)}</button></form>'
    )


def _select(name: str, words: str, options: Options) -> str:
    return f'<label>{escape(words)}<select name="{name}">{_options(options)}</select></label>'


def _options(options: Options) -> str:
    return "".join(f'<option value="{escape(value)}">{escape(words)}</option>' for value, words in options.items())


def _number(name: str) -> str:
    read = PARAMETERS[name]
    mode = "decimal" if read.decimals else "numeric"
    return (
        f'<label>{escape(read.words)}, {escape(read.unit)}<input name="{name}" type="text" inputmode="{mode}" '
        'autocomplete="off"></label>'
    )


def _text(name: str, words: str, example: str, most: int, needed: bool = False) -> str:
    return (
        f'<label class="wide">{escape(words)}<input name="{name}" type="text" maxlength="{most}" '
        f'placeholder="{escape(example)}" autocomplete="off"{" required" if needed else ""}></label>'
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
