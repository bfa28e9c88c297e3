"""The board as a whole: its places, its strip, what waits, and what a change costs."""

from __future__ import annotations

import gzip
import time
from dataclasses import replace

import pytest
from dash._utils import to_json

from components import chair_card, ward_board
from components.live_fragment import Fragment
from components.needs_somebody import needs_somebody, waiting
from components.protocol_line import protocol_line
from components.ward_strip import counted, counts
from models.clinical.alert import AlertState, Priority
from models.ward_status import ChairView
from tests.components import statuses
from tests.components.board_app import drawn
from tests.components.reading import parts, read
from tests.components.statuses import STAFF, ZONE, Ward, a_ward, ago, ahead, at


def ids(component) -> set[str]:
    return {one.id for one in component._traverse() if getattr(one, "id", None)}


def views(*chairs) -> tuple[ChairView, ...]:
    return tuple(ChairView(label=status.chair, status=status) for status in chairs)


@pytest.mark.parametrize("wall", [False, True])
@pytest.mark.parametrize("chairs", [1, 12, 16, 30, 40])
def test_every_fragment_has_its_place_and_every_chair_its_fragment(chairs: int, wall: bool):
    ward = a_ward(chairs)
    there, sent = ids(ward_board.layout(ward, wall)), set(ward_board.fragments(ward))
    assert sent - there == ({"board-rest"} if wall else set())
    assert {f"card-{view.label}" for view in ward.chairs} <= sent


@pytest.mark.parametrize(
    ("chairs", "layout"), [(6, 6), (7, 12), (12, 12), (13, 16), (16, 16), (17, 30), (30, 30), (31, 30)]
)
def test_the_layout_follows_the_number_of_chairs(chairs: int, layout: int):
    assert parts(ward_board.layout(a_ward(chairs)), f"board-{layout}")


def test_a_card_leads_to_its_chair_and_on_a_wall_nothing_can_be_tapped():
    at_hand, on_wall = ward_board.layout(a_ward()), ward_board.layout(a_ward(), wall=True)
    links = [one for one in at_hand._traverse() if getattr(one, "href", "").startswith("/chair/")]
    assert [link.href for link in links] == [f"/chair/{n}" for n in range(1, 13)]
    assert not [one for one in on_wall._traverse() if one.__class__.__name__ in ("A", "Button", "Input")]


def test_chairs_keep_their_places_and_their_order_is_a_property_of_each():
    ward = a_ward()
    assert [place.id for place in parts(ward_board.layout(ward), "place")] == [f"place-{n}" for n in range(1, 13)]
    ranks = {n: drawn(ward)[f"place-{n}"]["style"]["--urgency"] for n in range(1, 13)}
    assert sorted(ranks, key=ranks.__getitem__)[:5] == [6, 9, 11, 4, 8]


def test_the_protocol_line_stands_on_the_board_and_on_the_wall():
    for wall in (False, True):
        (line,) = parts(ward_board.layout(a_ward(), wall), "protocol-line")
        assert "limits not approved by this ward" in line.children


def test_an_approved_protocol_says_so_and_one_that_is_not_always_says_that():
    approved = a_ward(protocol_line="alemtuzumab protocol, version 1, approved by Dr Lind", is_approved=True)
    assert protocol_line(approved).children == "alemtuzumab protocol, version 1, approved by Dr Lind"
    assert protocol_line(a_ward(protocol_line="")).children == "limits not approved by this ward"


# ---- empty -----------------------------------------------------------------------------------------------------------


def test_a_ward_without_chairs_says_so():
    assert "This ward has no chairs yet." in read(ward_board.layout(Ward()))
    assert ward_board.fragments(Ward())


def test_a_day_without_patients_says_what_to_do():
    ward = Ward(chairs=tuple(ChairView(label=str(n), status=None) for n in (1, 2)))
    empty = ward_board.fragments(ward)["board-empty"]["children"]
    assert read(empty) == "No patients today. Book a patient or import the list of the day"
    assert empty[0].children[1].children.href == "/today"
    assert ward_board.fragments(a_ward())["board-empty"]["children"] == []


# ---- same names ------------------------------------------------------------------------------------------------------


def tags(ward: Ward) -> dict[str, str]:
    shown = drawn(ward)
    return {n: tag for n in ("4", "5", "6") if (tag := _tag(shown[f"card-{n}"]))}


def _tag(props: dict) -> str:
    return next(
        (one["props"]["children"] for one in props["children"] if "tag" in one["props"]["className"].split()), ""
    )


def test_two_patients_of_one_family_name_are_marked_on_both_cards():
    assert tags(a_ward()) == {"4": "same name: 5", "5": "same name: 4"}


def test_who_has_gone_home_no_longer_shares_a_name_but_who_is_expected_does():
    here, gone = statuses.amber("4"), statuses.discharged("5", "Dunne", "Aoibhe")
    later = statuses.expected("6", "Dunne", "Zoe", planned_start=at("19:00"))
    assert tags(Ward(chairs=(*views(here, gone), ChairView(label="6", status=None)))) == {}
    waits = ChairView(label="6", status=statuses.calm("6", "Uzun", "Defne"), later=(later,))
    assert tags(Ward(chairs=(*views(here, gone), waits)))["4"] == "same name: 6"


# ---- strip -----------------------------------------------------------------------------------------------------------


def test_the_counts_add_up_to_the_chairs():
    assert read(counts(counted(a_ward(16).chairs))) == "1 expected 3 hour one 8 infusing 3 observing 1 free"


def test_who_comes_later_counts_as_expected():
    view = ChairView(label="1", status=statuses.calm("1"), later=(statuses.expected("1"),))
    assert read(counts(counted((view,)))).startswith("1 expected 0 hour one 1 infusing")


def lines_of(*chairs) -> list[tuple[str, str]]:
    return [(line.label, line.words) for line in waiting(views(*chairs), STAFF).lines]


def test_the_strip_tells_the_worst_first_of_those_the_escalated_then_what_asks_for_no_answer():
    assert lines_of(*[view.status for view in a_ward().chairs]) == [
        ("6", "chest pain"), ("8", "bag expires"), ("9", "overdue"),
    ]  # fmt: skip
    red = statuses.red("2", alerts=(statuses.red().alerts[0], statuses.an_alert("a/1", priority=Priority.HIGH,
                       words="Collapse", raised_at=ago(0), escalated=True)))  # fmt: skip
    assert lines_of(statuses.slowed(), red) == [("2", "collapse"), ("2", "chest pain"), ("8", "bag expires")]


def test_a_line_says_the_chair_what_whose_chair_and_since_when():
    words = read(needs_somebody(waiting(views(statuses.red(), statuses.overdue()), STAFF)))
    assert words == "1 unanswered !!! 6 · chest pain Mbeki 1min ! 9 · overdue nobody 12min"


def test_an_amber_set_its_recorder_has_seen_waits_for_nobody_but_is_counted():
    seen = statuses.an_alert(state=AlertState.SEEN, answered_by="okafor", silenced=True)
    waits = waiting(views(statuses.amber(alerts=(seen,), silenced=1)), STAFF)
    assert read(needs_somebody(waits)) == "Nothing unanswered · 1 silenced"


def test_more_than_three_waiting_are_counted():
    many = [statuses.slowed(str(n)) for n in range(1, 6)]
    words = read(needs_somebody(waiting(views(*many), STAFF)))
    assert words.startswith("5 unanswered (3 shown)") and words.count("bag expires") == 3


def test_a_card_counts_its_alerts_and_those_silenced_and_flashes_while_one_waits():
    seen = statuses.an_alert("seen/1", state=AlertState.SEEN, silenced=True)
    card = chair_card.card(views(statuses.red(alerts=(*statuses.red().alerts, seen), silenced=1))[0], ZONE, "Mbeki", ())
    assert read(parts(card["children"], "card-alerts")) == "!!! 2 alerts, 1 silenced"
    assert "flash-high" in card["className"].split()
    assert "nobody answered" in read(parts(card["children"], "prompt-second"))
    assert card["aria-label"].endswith("2 alerts · 1 silenced")
    silent = chair_card.card(views(statuses.amber(alerts=(seen,), silenced=1))[0], ZONE, "Mbeki", ())
    assert "flash" not in silent["className"]
    assert "all-silenced" in parts(silent["children"], "card-alerts")[0].className


def test_the_phone_counts_the_calm_chairs_behind_one_button():
    ward = a_ward()
    assert drawn(ward)["board-rest"]["children"] == "7 more chairs · next due 14:30"
    assert drawn(Ward(chairs=views(statuses.calm(), statuses.red())))["board-rest"]["children"].startswith(
        "1 more chair ·"
    )


# ---- what a change costs ---------------------------------------------------------------------------------------------


def made(ward: Ward) -> dict[str, Fragment]:
    return {one: found for one, found in ward_board.fragments(ward).items() if isinstance(found, Fragment)}


def test_only_the_changed_chair_is_drawn_anew():
    ward = a_ward(30)
    changed = replace(ward.chairs[4], status=statuses.amber("5", "Dunne", "Aoibhe"))
    after = replace(ward, now=ahead(1), chairs=(*ward.chairs[:4], changed, *ward.chairs[5:]))
    before, now = made(ward), made(after)
    anew = {one for one in now if one.startswith(("card-", "place-")) and not now[one].same_as(before[one])}
    assert anew == {"card-5", "place-5"}


def test_a_changed_card_is_small_on_the_wire():
    sizes = [len(gzip.compress(to_json(props).encode())) for props in drawn(a_ward(30)).values()]
    assert max(sizes) <= 4096 and sum(sizes) > 0


@pytest.mark.slow
def test_a_changed_card_is_drawn_in_a_few_milliseconds():
    """Not a promise of speed on any machine: an accident of a hundredfold would show."""
    card = made(a_ward(30))["card-4"]
    began = time.process_time()
    for _ in range(50):
        to_json(card.props())
    assert (time.process_time() - began) / 50 < 0.05
