"""What stands beside the fields of vital signs: the last values, the baseline, and the level of what is being typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.baseline_words import baseline_word
from components.icons import icon
from components.tone import tone
from components.wording import clock_time, number_words
from models.clinical.findings import Baseline, Finding, Level
from models.clinical.status import ChairStatus


def last_saved(status: ChairStatus, staff: Mapping[str, str], zone: str) -> str:
    last = status.last_set
    if last is None:
        return "nothing recorded yet"
    return f"last saved {clock_time(last.recorded_at, zone)} · {staff.get(last.recorded_by, last.recorded_by)}"


def heart_hint(status: ChairStatus) -> str:
    parts = [_last(status, "heart_rate"), _heart_of(status, status.course_baseline)]
    return " · ".join(part for part in parts if part)


def pressure_hint(status: ChairStatus) -> str:
    """`last 136/84 · day-1 118/74 · today 132/82`; the label says where the baseline comes from."""
    last = ""
    if "systolic" in status.last_values and "diastolic" in status.last_values:
        last = f"last {status.last_values['systolic'][0]}/{status.last_values['diastolic'][0]}"
    course = _course_pressure(status, status.course_baseline)
    today = "" if status.day == 1 or course.startswith("today") else _pressure_of("today", status.todays_baseline)
    return " · ".join(part for part in (last or "not measured yet", course, today) if part)


def _last(status: ChairStatus, parameter: str) -> str:
    return (
        f"last {number_words(status.last_values[parameter][0])}"
        if parameter in status.last_values
        else "not measured yet"
    )


def _heart_of(status: ChairStatus, baseline: Baseline | None) -> str:
    if baseline is None or baseline.heart_rate is None:
        return ""
    return f"{baseline_word(status, baseline, 'heart_rate')} {baseline.heart_rate}"


def _course_pressure(status: ChairStatus, baseline: Baseline | None) -> str:
    """Its two values may come from two places."""
    if baseline is None or baseline.systolic is None or baseline.diastolic is None:
        return ""
    upper, lower = (baseline_word(status, baseline, one) for one in ("systolic", "diastolic"))
    if upper != lower:
        return f"{upper} {baseline.systolic}/– · {lower} –/{baseline.diastolic}"
    return _pressure_of(upper, baseline)


def _pressure_of(word: str, baseline: Baseline | None) -> str:
    if baseline is None or baseline.systolic is None or baseline.diastolic is None:
        return ""
    return f"{word} {baseline.systolic}/{baseline.diastolic}"


def level_bar(level: Level, findings: Sequence[Finding], missing: Sequence[str], number: str = "") -> Component:
    """The level of what is typed, before it is saved: word, shape, colour and the reason.

    `number` tells the browser which of its questions this answers.
    """
    marks = attributes(data_complete="no" if missing else "yes", data_level=level.word, data_of=number)
    if level <= Level.NORMAL:
        return _calm_bar(missing, marks)
    worst = [f for f in findings if f.level is level]
    minutes = min((f.repeat_within_minutes for f in worst if f.repeat_within_minutes is not None), default=None)
    parts = [
        icon(tone(level).icon),
        html.B(_what_to_do(level, minutes), className="level-word"),
        html.Div(_reasons(worst), className="level-why"),
    ]
    return html.Div(parts, className=f"level-bar {tone(level).css}", **marks)


def _calm_bar(missing: Sequence[str], marks: dict[str, Any]) -> Component:
    """Dashed until everything is measured; complete and normal has no word, no shape and no colour."""
    words = f"{_list(missing)} not measured yet" if missing else "Complete; no limit reached"
    shape = [icon(tone(Level.NOT_MEASURED).icon)] if missing else []
    css = "not-measured" if missing else "normal"
    return html.Div([*shape, html.Span(words, className="level-why")], className=f"level-bar {css}", **marks)


def _what_to_do(level: Level, minutes: int | None) -> str:
    if level is Level.RED:
        return f"{tone(level).word} – stop and evaluate"
    return f"{tone(level).word} – repeat in {minutes}min" if minutes else f"{tone(level).word} – review"


def _reasons(findings: Sequence[Finding]) -> list[Component]:
    """Up to two, one line each; what the first already said is not said again."""
    said = [_short(finding.limit) for finding in findings[:2]]
    if len(said) > 1 and ", " in said[0] and said[1].startswith(said[0].split(", ")[0] + ", "):
        said[1] = said[1].split(", ", 1)[1]
    return [html.Div(words, className="level-reason") for words in said]


def _short(limit: str) -> str:
    """Of a change the limit is left to the record; its size is what counts here."""
    return limit.rsplit(", ", 1)[0] if limit.count(", ") > 1 else limit


def _list(parts: Sequence[str]) -> str:
    words = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))
    return words[:1].upper() + words[1:]
