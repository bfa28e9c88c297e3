"""Every learner of a room in one table: what each did of a shared ward, or how each fared in a ward of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from components.attributes import attributes
from components.icons import icon
from components.training.debrief_table import debrief_table
from components.training.debriefed import Debriefed, length_words, longest, names_of, points_words
from seed.chair_times import ChairTimes
from seed.learners import Learner
from seed.score import Outcome

SHARED = ("Learner", "Entries", "Expected, done in time", "Too early or late", "Points")
HEADS = ("Learner", "Result", "Points", "To recognise", "To hold", "To call", "Rounds missed")


def overview_section(plays: Mapping[int, Debriefed], shown: int, address: str) -> Component:
    """`address` is the debrief's own; a learner's name leads to theirs."""
    names = names_of(plays)
    rows = [_row(told, names[number], f"{address}?play={number}", number == shown) for number, told in plays.items()]
    table = debrief_table("overview-table", "Every learner", HEADS, rows)
    below = html.P(["Shown below: ", html.B(names[shown])])
    return html.Section([html.H2("Learners", id="learners"), table, below], **attributes(aria_labelledby="learners"))


def shared_section(told: Debriefed) -> Component:
    """Who did how much of what one ward asked for."""
    table = debrief_table("overview-table", "Every learner", SHARED, [_part(told, one) for one in told.learners])
    return html.Section([html.H2("Learners", id="learners"), table], **attributes(aria_labelledby="learners"))


def _part(told: Debriefed, learner: Learner) -> Component:
    marks = [mark for mark in told.score.marks if (fact := told.done(mark)) and told.by(fact) == learner.id]
    recorded = [fact for facts in told.player.facts.values() for fact in facts if fact.caused_by is None]
    entries = sum(told.by(fact) == learner.id for fact in recorded)
    in_time = sum(mark.outcome is Outcome.DONE for mark in marks)
    late = sum(mark.outcome in (Outcome.TOO_EARLY, Outcome.LATE) for mark in marks)
    figures = (str(entries), str(in_time), str(late), points_words(sum(mark.points for mark in marks)))
    return html.Tr(
        [html.Th(told.named(learner), scope="row"), *(html.Td(one, className="number") for one in figures)],
        **attributes(data_learner=learner.id),
    )


def _row(told: Debriefed, words: str, address: str, is_shown: bool) -> Component:
    found = told.score
    shape, verdict = ("tick", "Passed") if found.passed else ("cross", "Not passed")
    current = attributes(aria_current="page") if is_shown else {}
    name = html.A(words, href=address, className="fact-link", **current)
    return html.Tr(
        [
            html.Th(name, scope="row"),
            html.Td([icon(shape), f" {verdict}"]),
            html.Td(f"{points_words(found.points)} of {found.of}", className="number"),
            _time(told, lambda one: one.to_recognise, lambda one: one.abnormal_at is not None),
            _time(told, lambda one: one.to_hold, lambda one: one.red_at is not None),
            _time(told, lambda one: one.to_call, lambda one: one.red_at is not None),
            html.Td(str(sum(one.rounds_missed for one in found.times)), className="number"),
        ],
        className="here" if is_shown else None,
    )


def _time(
    told: Debriefed, length: Callable[[ChairTimes], timedelta | None], is_needed: Callable[[ChairTimes], bool]
) -> Component:
    """The longest of the chairs; *not* where it was left undone at one that needed it."""
    times = told.score.times
    if any(is_needed(one) and length(one) is None for one in times):
        return html.Td(html.B("not"))
    found = longest([length(one) for one in times])
    return html.Td("–" if found is None else length_words(found))
