"""What falls together in the next two hours: rounds, ends and starts by quarter of an hour, as chair numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from components import html
from components.live_fragment import TheVery
from components.wording import clock_time
from models.clinical.status import ChairStatus, Phase
from models.ward_status import ChairView

QUARTER = timedelta(minutes=15)
COLUMNS = 8
MOST_NUMBERS = 3
"""More chairs than this are counted, not named."""
FITS_ANYWHERE = 5
"""Letters that fit the column of a tablet."""
ROWS = ("Rounds", "Ends", "Starts")


@dataclass(slots=True)
class Column:
    words: str
    chairs: dict[str, list[str]] = field(default_factory=lambda: {row: [] for row in ROWS})


def quarter(now: datetime) -> datetime:
    """The quarter of an hour that `now` is in."""
    since_midnight = now.astimezone(UTC) - now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return now.astimezone(UTC) - since_midnight % QUARTER


def columns(chairs: Sequence[ChairView], begins: datetime, zone: str) -> list[Column]:
    """The first column holds this quarter and everything overdue."""
    found = [Column(words) for words in _heads(begins, zone)]
    for view in chairs:
        if view.status is None or view.status.closed_at is not None:
            continue
        for row, place in _places(TheVery(view.status), begins):
            found[place].chairs[row].append(view.label)
    return found


@lru_cache(maxsize=8)
def _heads(begins: datetime, zone: str) -> tuple[str, ...]:
    return ("now", *(clock_time(begins + n * QUARTER, zone) for n in range(1, COLUMNS)))


@lru_cache(maxsize=200)
def _places(status: TheVery, begins: datetime) -> tuple[tuple[str, int], ...]:
    """Row and column of what is ahead of one chair, each once."""
    events = ((row, max(0, (at - begins) // QUARTER)) for row, at in _events(status.one, begins))
    return tuple(dict.fromkeys(one for one in events if one[1] < COLUMNS))


def _events(status: ChairStatus, begins: datetime) -> Iterator[tuple[str, datetime]]:
    start = _start(status)
    if start is not None:
        yield "Starts", start
    end = status.forecast_end if status.phase is Phase.INFUSION else status.observation_ends_at
    if end is not None and not status.ready:
        yield "Ends", end
    first = status.next_round_due_at
    every = timedelta(minutes=status.interval_minutes)
    if first is None and start is not None:
        first = start + every
    while first is not None and first < begins + COLUMNS * QUARTER and (not status.free_at or first <= status.free_at):
        yield "Rounds", first
        first = max(first, begins) + every


def _start(status: ChairStatus) -> datetime | None:
    """When the infusion may start: from the first medicine, else as planned."""
    if status.phase not in (Phase.EXPECTED, Phase.PRE_MEDICATION):
        return None
    planned = (segment.begins for segment in status.band if segment.kind == "running")
    return status.may_start_at or next(planned, None)


def two_hours(found: Sequence[Column], chairs: int) -> html.Table:
    """`chairs` is how many the ward has: in a larger one more of them may fall together."""
    collision = 3 if chairs <= 16 else 5
    head = html.Tr([html.Th("Next 2 h", scope="col"), *(html.Th(column.words, scope="col") for column in found)])
    rows = [
        html.Tr([html.Th(row, scope="row"), *(html.Td(_cell(column.chairs[row], collision)) for column in found)])
        for row in ROWS
    ]
    caption = html.Caption("Chairs by quarter of an hour: rounds due, ends, starts", className="visually-hidden")
    return html.Table([caption, html.Thead(head), html.Tbody(rows)], className="two-hours")


def _cell(labels: list[str], collision: int) -> html.Span | None:
    if not labels:
        return None
    named, counted = " ".join(labels), f"{len(labels)} chairs"
    words = named if len(labels) <= MOST_NUMBERS else counted
    css = "together" if len(labels) >= collision else ""
    if len(words) <= FITS_ANYWHERE:
        return html.Span(words, className=css)
    short = html.Span([f"×{len(labels)}", html.Span(" chairs", className="visually-hidden")], className="narrow")
    return html.Span([html.Span(words, className="wide"), short], className=css)
