"""The one line of a card that answers *what now*: the next thing, and the level where there is one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from dash.development.base_component import Component

from components import html
from components.alert_words import is_unanswered
from components.countdown import COUNTDOWN, since, until
from components.evaluation_words import red_title
from components.icons import icon
from components.live_fragment import TheVery
from components.spaced import spaced
from components.tone import tone
from components.wording import clock_time
from models.clinical.findings import Finding, Level
from models.clinical.status import ChairStatus, Phase

Words = Sequence[str | html.Span | html.B]

STEPS = {"Complete infusion": "Ends", "Resume infusion": "Resume by"}
"""Next steps with a time that are no vital signs, and how the line says them before they are due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """`wide` and `narrow` are the same message for a wide and a narrow card; `said` is it for the card's own name."""

    level: Level = Level.NORMAL
    wide: Words
    narrow: Words
    aside: Words = ()
    narrow_aside: Words | None = None
    second_line: Words = ()
    said: str
    soon: bool = False


def either(wide: Words, narrow: Words) -> list[html.Span]:
    """Two wordings of which the card's width shows one; a screen reader meets only the shown one."""
    if wide == narrow:
        return [html.Span(list(wide))]
    return [html.Span(list(wide), className="wide"), html.Span(list(narrow), className="narrow")]


def is_red(status: ChairStatus) -> bool:
    """Framed whatever the numbers, for as long as the evaluation is open."""
    return status.is_open and (status.evaluation_open or status.level is Level.RED)


def reason_words(status: ChairStatus) -> str:
    """Why it is red in a few words: the worst finding while it stands, else what the evaluation was opened for."""
    worst = max(status.findings, key=lambda finding: finding.level, default=None)
    if worst is not None and worst.level is Level.RED:
        return finding_words(worst)
    return status.evaluation_reason.partition(":")[0]


def finding_words(finding: Finding) -> str:
    """`systolic 182`, or the symptom's own name."""
    parameter = finding.parameter.replace("_", " ")
    return str(finding.value) if parameter.startswith("symptom") else f"{parameter} {finding.value}"


def _red(status: ChairStatus, zone: str) -> Prompt | None:
    if not is_red(status):
        return None
    reason = reason_words(status)
    second: list[str | html.Span] = [reason] if reason else []
    if any(is_unanswered(alert) for alert in status.alerts):
        second.append(" · nobody answered" if reason else "nobody answered")
    if status.overdue_s > 0 and status.next_round_due_at:
        second += [" · vital signs overdue " if reason else "vital signs overdue ", since(status.next_round_due_at)]
    wide, narrow = red_title(status)
    return Prompt(level=Level.RED, wide=[wide], narrow=[narrow], narrow_aside=[reason], second_line=second,
                  said=f"{wide}, {reason}" if reason else wide)  # fmt: skip


def _overdue(status: ChairStatus, zone: str) -> Prompt | None:
    due = status.next_round_due_at
    if due is None or status.overdue_s <= 0:
        return None
    what = "Repeat overdue" if status.next_round_kind == "repeat" else "Overdue"
    was_due = f"was due {clock_time(due, zone)}"
    if status.level is Level.AMBER:
        words: Words = ["Amber – overdue ", since(due)]
        return Prompt(level=Level.AMBER, wide=words, narrow=["Overdue ", since(due)], aside=[clock_time(due, zone)],
                      narrow_aside=["Amber"], said=f"Amber, {what.lower()}, {was_due}")  # fmt: skip
    return Prompt(level=Level.AMBER, wide=[f"{what} ", since(due)], narrow=["Overdue ", since(due)], aside=[was_due],
                  narrow_aside=[clock_time(due, zone)], said=f"{what}, {was_due}")  # fmt: skip


def _overdue_step(status: ChairStatus, zone: str) -> Prompt | None:
    """Anything else that should have been done: the infusion completed, resumed."""
    step = status.next_step
    if not step.overdue or step.due_at is None or step.what not in STEPS or status.review_due:
        return None
    since_when = f"since {clock_time(step.due_at, zone)}"
    return Prompt(level=Level.AMBER, wide=[step.what], narrow=[step.what], aside=[since_when],
                  narrow_aside=[clock_time(step.due_at, zone)], said=f"{step.what}, due {since_when}")  # fmt: skip


def _amber(status: ChairStatus, zone: str) -> Prompt | None:
    if status.level is not Level.AMBER and not status.review_due:
        return None
    due = status.next_round_due_at
    if status.review_due:
        return Prompt(level=Level.AMBER, wide=["Amber – review due"], narrow=["Review due"],
                      aside=_next(due, zone), narrow_aside=["Amber"], said="Amber, doctor's review due")  # fmt: skip
    if due is None:
        return Prompt(level=Level.AMBER, wide=["Amber – see chair"], narrow=["Amber"], said="Amber")
    what = "repeat" if status.next_round_kind == "repeat" else "next"
    return Prompt(level=Level.AMBER, wide=[f"Amber – {what} ", until(due, COUNTDOWN)], aside=[clock_time(due, zone)],
                  narrow=[f"{what.capitalize()} ", until(due, COUNTDOWN)], narrow_aside=["Amber"],
                  said=f"Amber, {what} {clock_time(due, zone)}")  # fmt: skip


def _next(due: datetime | None, zone: str) -> Words:
    return [f"next {clock_time(due, zone)}"] if due else ()


def _bag(status: ChairStatus, zone: str) -> Prompt | None:
    expires, due = status.bag_expires_at, status.next_round_due_at
    if not status.bag_warning or expires is None or status.phase is not Phase.INFUSION:
        return None
    if due is not None and due < expires:
        return None
    if expires <= status.now:
        words = f"Bag expired {clock_time(expires, zone)}"
        return Prompt(level=Level.AMBER, wide=[words], narrow=[words], said=words)
    words = f"Bag expires {clock_time(expires, zone)}"
    return Prompt(level=Level.AMBER, wide=[words], narrow=[f"Bag {clock_time(expires, zone)}"],
                  aside=[until(expires, COUNTDOWN)], said=words)  # fmt: skip


def _past_forecast(status: ChairStatus, zone: str) -> Prompt | None:
    if not status.past_forecast or status.forecast_end is None:
        return None
    was = f"was {clock_time(status.forecast_end, zone)}"
    return Prompt(level=Level.AMBER, wide=["Past forecast ", since(status.forecast_end)], aside=[was],
                  narrow=["Past end ", since(status.forecast_end)],
                  narrow_aside=[clock_time(status.forecast_end, zone)], said=f"Past forecast end, {was}")  # fmt: skip


def _expected(status: ChairStatus, zone: str) -> Prompt | None:
    if status.phase is not Phase.EXPECTED:
        return None
    clock = clock_time(status.planned_start, zone)
    words = f"Arrives {clock}"
    if status.planned_start <= status.now:
        late: Words = ["Overdue ", since(status.planned_start)]
        return Prompt(wide=[words], narrow=late, aside=[until(status.planned_start, COUNTDOWN)], narrow_aside=[clock],
                      said=f"{words}, overdue")  # fmt: skip
    return Prompt(wide=[words], narrow=[words], aside=[until(status.planned_start, COUNTDOWN)], said=words)


def _hour_one(status: ChairStatus, zone: str) -> Prompt | None:
    if status.phase is not Phase.PRE_MEDICATION:
        return None
    if status.hour_one_began_at is None or status.may_start_at is None:
        return Prompt(wide=["Medicine not given yet"], narrow=["Medicine not given"], said="Medicine not given yet")
    start = clock_time(status.may_start_at, zone)
    if status.may_start_at > status.now:
        return Prompt(wide=[f"May start {start}"], narrow=[f"May start {start}"],
                      aside=[until(status.may_start_at, COUNTDOWN)], said=f"May start {start}")  # fmt: skip
    missing = to_do(status)
    words = f"Late – {missing} to do" if missing else "May start"
    return Prompt(wide=[words], narrow=[words], aside=[f"since {start}"], narrow_aside=[f"since {start}"],
                  said=f"{words} since {start}")  # fmt: skip


def to_do(status: ChairStatus) -> int:
    """How many lines of hour one still stand in the way."""
    return sum(line.state in ("missing", "blocked") for line in status.hour_one)


def _ready(status: ChairStatus, zone: str) -> Prompt | None:
    if not (status.ready and status.is_open):
        return None
    return Prompt(wide=["Nothing missing"], narrow=["Nothing missing"], said="nothing missing")


def _round(status: ChairStatus, zone: str) -> Prompt | None:
    """The earliest of anything due; mostly the next round."""
    due, step = status.next_round_due_at, status.next_step
    if due is None:
        return None
    if step.what in STEPS and step.due_at is not None and step.due_at < due:
        due, wide, narrow = step.due_at, STEPS[step.what], STEPS[step.what]
    else:
        wide, narrow = ("Final set", "Final") if status.next_round_kind.startswith("final") else ("Next", "Next")
    clock = clock_time(due, zone)
    return Prompt(wide=[f"{wide} {clock}"], narrow=[f"{narrow} {clock}"], aside=[until(due, COUNTDOWN)],
                  said=f"{wide} {clock}", soon=status.due_soon)  # fmt: skip


def _otherwise(status: ChairStatus, zone: str) -> Prompt | None:
    if not (status.is_open and status.next_step.what):
        return None
    step = status.next_step
    aside: Words = [until(step.due_at, COUNTDOWN)] if step.due_at else ()
    return Prompt(level=step.level, wide=[step.what], narrow=[step.what], aside=aside, said=step.what)


RULES: tuple[Callable[[ChairStatus, str], Prompt | None], ...] = (
    _red, _overdue, _amber, _bag, _past_forecast, _overdue_step, _expected, _hour_one, _ready, _round, _otherwise,
)  # fmt: skip
"""The first that has something to say is the line."""


def prompt(status: ChairStatus, zone: str) -> Prompt | None:
    return _prompt(TheVery(status), zone)


@lru_cache(maxsize=200)  # the look of the card, its place and its name ask for it too
def _prompt(status: TheVery, zone: str) -> Prompt | None:
    return next((said for rule in RULES if (said := rule(status.one, zone)) is not None), None)


def prompt_line(said: Prompt) -> html.Div:
    look = tone(said.level) if said.level > Level.NORMAL else None
    lines: list[Component] = [html.B(either(said.wide, said.narrow), className="prompt-main")]
    if said.second_line:
        lines.append(html.Span(list(said.second_line), className="prompt-second"))
    narrow_aside = said.aside if said.narrow_aside is None else said.narrow_aside
    parts: list[Component] = [html.Span(spaced(lines), className="prompt-lines")]
    parts += _aside(said.aside, narrow_aside, said.soon)
    if look:
        parts.insert(0, icon(look.icon))
    return html.Div(spaced(parts), className=f"prompt prompt-{look.css}" if look else "prompt")


def _aside(wide: Words, narrow: Words, soon: bool) -> list[html.Span]:
    if not wide and not narrow:
        return []
    inside = either(wide, narrow)
    return [html.Span(html.Span(inside, className="soon") if soon else inside, className="prompt-aside")]
