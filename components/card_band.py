"""The day of a chair as one thin band without words: hour one, infusion, observation, pauses hatched, now."""

from __future__ import annotations

from datetime import datetime, timedelta

from components import html
from components.attributes import attributes
from components.wording import epoch_ms
from models.clinical.status import ChairStatus, InfusionState, Segment

INFUSION = frozenset({"running", "paused", "stopped"})
HELD = frozenset({"paused", "stopped"})


def card_band(status: ChairStatus) -> html.Div:
    """Decoration: every word of it stands on the card. The done part and *now* are moved by the browser."""
    if not status.band:
        return html.Div(className="card-band", **attributes(aria_hidden="true"))
    begins = min(segment.begins for segment in status.band)
    ends = max(segment.ends for segment in status.band) + _rest_of_a_pause(status)
    window = (epoch_ms(begins), epoch_ms(ends))
    marks: list[html.Span] = []
    if status.arrived_at is not None:
        marks = [html.Span(className="band-fill", **attributes(data_fill_from=window[0], data_fill_to=window[1]))]
    marks += [_held(segment, status.now, begins, ends) for segment in status.band if segment.kind in HELD]
    edges = [edge for edge in _edges(status.band) if begins < edge < ends]
    marks += [html.Span(className="band-edge", style={"left": _percent(edge, begins, ends)}) for edge in edges]
    if status.arrived_at is not None:
        marks.append(html.Span(className="band-mark", **attributes(data_now_from=window[0], data_now_to=window[1])))
    return html.Div(marks, className="card-band", **attributes(aria_hidden="true"))


def _rest_of_a_pause(status: ChairStatus) -> timedelta:
    """While paused the end is not known: the band leaves room for what is still to run."""
    paused = status.state is InfusionState.PAUSED and not any(segment.planned for segment in status.band)
    return timedelta(seconds=status.remaining_s or 0) if paused else timedelta(0)


def _edges(band: tuple[Segment, ...]) -> list[datetime]:
    """Where hour one meets the infusion and the infusion meets observation."""
    infusion = [segment for segment in band if segment.kind in INFUSION]
    if not infusion:
        return []
    return [min(segment.begins for segment in infusion), max(segment.ends for segment in infusion)]


def _held(segment: Segment, now: datetime, begins: datetime, ends: datetime) -> html.Span:
    """A pause, hatched; one that still lasts grows with now."""
    if segment.ends < now or segment.ends == ends:
        return html.Span(className="band-held", style=_place(segment, begins, ends))
    lasting = attributes(data_fill_from=epoch_ms(segment.begins), data_fill_to=epoch_ms(ends))
    growing = html.Span(className="band-held", **lasting)
    rest = Segment(kind=segment.kind, begins=segment.begins, ends=ends)
    return html.Span(growing, className="band-rest", style=_place(rest, begins, ends))


def _place(segment: Segment, begins: datetime, ends: datetime) -> dict[str, str]:
    width = (segment.ends - segment.begins) / (ends - begins)
    return {"left": _percent(segment.begins, begins, ends), "width": f"{100 * width:.1f}%"}


def _percent(at: datetime, begins: datetime, ends: datetime) -> str:
    whole = ends - begins
    return f"{100 * ((at - begins) / whole):.1f}%" if whole else "0%"
