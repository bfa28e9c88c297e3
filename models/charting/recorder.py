"""Decide, append, announce: how every act becomes facts, and what the second of two nurses reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from models.charting import guards
from models.charting.act import Act, NotFound, Recorded
from models.charting.consequences import brought_about, linked
from models.charting.words import Names
from models.clinical.accept import accept
from models.clinical.chair_status import chair_status
from models.clinical.clock import Clock
from models.clinical.course import history
from models.clinical.facts import (
    Details,
    Fact,
    InfusionDay,
    InfusionResumed,
    InfusionStarted,
    Overridden,
    RateChanged,
)
from models.clinical.protocol import Protocol
from models.clinical.refusal import Refusal
from models.clinical.replay import replay
from models.clinical.rest_of_course import Course
from models.clinical.status import ChairStatus
from models.store.refusals import KeyUsed, PositionTaken
from models.store.rows import NewFact
from models.store.ward_store import WardStore
from models.ward_status import Standing

TRIES = 20
"""How often an act is decided anew when others record for the same patient at the same moment."""

INFUSION_ACTS = frozenset({"start", "rate", "pause", "resume", "stop", "complete"})
"""Acts that are never decided on an older view of the infusion than that of the screen they were tapped on."""


WITH_A_RATE = (InfusionStarted, RateChanged, InfusionResumed)


@dataclass(frozen=True)
class Before:
    """The chair as it stands before the act; `at` is the true time of the act."""

    day: InfusionDay
    course: Course
    protocol: Protocol
    now: datetime
    at: datetime

    @cached_property
    def status(self) -> ChairStatus:
        """Worked out when asked for: most acts need less."""
        return chair_status(self.day, self.course, self.protocol, self.now)

    @property
    def chair(self) -> str:
        return replay(self.day, self.course, self.protocol).sheet.chair

    def line(self, details: Details) -> NewFact:
        return NewFact(details, self.at)


Announce = Callable[[Mapping[str, Standing | None]], None]
"""Hears of every day with new facts, and how it stands now where that has been worked out already."""
Decide = Callable[[Before], Sequence[NewFact]]
UnderLock = Callable[[Before], None]


class Recorder:
    """Stands under `Charting`; knows nothing but what it was built with."""

    def __init__(self, store: WardStore, protocol: Protocol, clock: Clock, announce: Announce) -> None:
        self.store = store
        self.protocol = protocol
        self.clock = clock
        self.announce = announce

    # ---- the ward as it stands ---------------------------------------------------------------------------------------

    def day(self, day_id: str) -> InfusionDay:
        day = self.store.infusion_day(day_id)
        if day is None:
            raise NotFound("There is no such infusion day in this ward.")
        return day

    def course(self, day: InfusionDay) -> Course:
        others = [other for other in self.store.days_of_patient(day.patient.id) if other.id != day.id]
        return history(day, others, self.protocol)

    def day_and_course(self, day_id: str) -> tuple[InfusionDay, Course]:
        days = {day.id: day for day in self.store.days_alongside(day_id)}
        if day_id not in days:
            raise NotFound("There is no such infusion day in this ward.")
        day = days.pop(day_id)
        return day, history(day, list(days.values()), self.protocol)

    def standing(self, day_id: str) -> Standing:
        return self.stands(*self.day_and_course(day_id))

    def stands(self, day: InfusionDay, course: Course) -> Standing:
        return Standing(day, course, chair_status(day, course, self.protocol, self.clock.now()))

    def status(self, day_id: str) -> ChairStatus:
        return self.standing(day_id).status

    def before(self, day_id: str, act: Act) -> Before:
        (day, course), now = self.day_and_course(day_id), self.clock.now()
        at = guards.tapped_at(act, day, self.clock) if act.at_tap else self.true_time(act, now)
        return Before(day=day, course=course, protocol=self.protocol, now=now, at=at)

    def true_time(self, act: Act, now: datetime) -> datetime:
        """A moment ahead counts as now; more than that is refused by the clinical core."""
        if act.happened_at is None or now < act.happened_at <= now + self.protocol.durations.counts_as_now:
            return now
        return act.happened_at

    def local_date(self) -> date:
        """Today, as the ward's calendar has it."""
        return self.clock.now().astimezone(ZoneInfo(self.store.ward().zone)).date()

    def todays_statuses(self) -> list[ChairStatus]:
        """Every day of today and every open one, as they stand at this moment, by planned start."""
        days, now = self.store.open_days(self.local_date()), self.clock.now()
        statuses = [chair_status(day, self.course(day), self.protocol, now) for day in days]
        return sorted(statuses, key=lambda status: status.planned_start)

    def seated(self, chair: str) -> ChairStatus | None:
        """Who sits in a chair: arrived there and not closed."""
        return next((one for one in self.todays_statuses() if one.is_open and one.chair == chair), None)

    def names(self) -> Names:
        return Names({member.id: member.name for member in self.store.staff()}, self.store.ward().zone)

    # ---- recording ---------------------------------------------------------------------------------------------------

    def record(self, act: Act, day_id: str, name: str, decide: Decide, under_lock: UnderLock | None = None) -> Recorded:
        """What was recorded already is answered again, whatever speaks against it by now: the store knows its key.

        `under_lock` is asked while the ward row is locked: for acts that concern more than this day."""
        try:
            return self.record_new(act, day_id, name, decide, under_lock)
        except Refusal:
            if (saved := self.saved(act)) is not None:
                return saved
            raise

    def record_new(self, act: Act, day_id: str, name: str, decide: Decide, under_lock: UnderLock | None) -> Recorded:
        act = self.in_time(act)
        seen = act.position
        for _ in range(TRIES):
            before = self.before(day_id, act)
            seen = before.day.position if seen is None else seen
            lines = self.decided(act, before, name, decide, seen)
            try:
                facts = self.append(act, before, lines, under_lock)
            except PositionTaken:
                continue
            except KeyUsed as used:
                return self.again(act, used.facts, used.digest)
            return self.announced(before, facts)
        raise guards.too_many()

    def announced(self, before: Before, facts: tuple[Fact, ...]) -> Recorded:
        """Every screen is told what this answer tells; told whatever happens, for the facts are recorded."""
        standing: Standing | None = None
        try:
            day = self.store.known_day(before.day.id)
            has_all = day is not None and day.position >= facts[-1].position
            standing = self.stands(day, before.course) if day and has_all else self.standing(before.day.id)
            return Recorded(facts, standing.status)
        finally:
            self.announce({before.day.id: standing})

    def append(
        self, act: Act, before: Before, lines: Sequence[NewFact], under_lock: UnderLock | None
    ) -> tuple[Fact, ...]:
        return self.store.append(
            before.day.id,
            before.day.position,
            lines,
            key=act.key,
            request_digest=act.request_digest,
            staff=act.staff,
            device=act.device,
            now=before.now,
            lock_ward=under_lock is not None,
            check=None if under_lock is None else lambda: under_lock(before),
        )

    def saved(self, act: Act) -> Recorded | None:
        """The answer of an act whose key has been recorded already."""
        used = self.store.find_key(act.key)
        return None if used is None else self.again(act, used.facts, used.request_digest)

    def again(self, act: Act, facts: Sequence[Fact], digest: str) -> Recorded:
        if digest != act.request_digest:
            raise guards.other_body(facts, self.names())
        return Recorded(tuple(facts), self.status(facts[0].infusion_day_id), again=True)

    def in_time(self, act: Act) -> Act:
        """The act itself unless its tap is too old; one recorded late happened when it was tapped."""
        if act.epoch is not None and act.current_epoch is not None and act.epoch != act.current_epoch:
            raise guards.other_sign_on(act, self.names())
        tapped_at = guards.old_tap(act, self.clock)
        if tapped_at is None:
            return act
        if not act.late:
            raise guards.too_old(act, tapped_at, self.clock, self.names())
        return replace(act, happened_at=tapped_at)

    # ---- deciding ----------------------------------------------------------------------------------------------------

    def decided(self, act: Act, before: Before, name: str, decide: Decide, seen: int) -> list[NewFact]:
        """The lines to append; a refusal that somebody else's act brought about says whose."""
        self.refuse_elsewhere(act, before)
        if name in INFUSION_ACTS and (changed := guards.changed_since(seen, before.day, infusion_only=True)):
            raise guards.somebody_was_first("", changed, before.status, self.names())
        try:
            return self.accepted(act, before, name, list(decide(before)))
        except Refusal as refusal:
            changed = guards.changed_since(seen, before.day)
            if type(refusal) is not Refusal or refusal.field or refusal.locks or not changed:
                raise
            raise guards.somebody_was_first(refusal.sentence, changed, before.status, self.names()) from refusal

    def refuse_elsewhere(self, act: Act, before: Before) -> None:
        guards.refuse_other_patient(act, before.day)
        if act.chair is not None and act.chair != before.chair:
            raise guards.other_chair(act.chair, before.day, before.status, self.seated(act.chair), self.names())

    def accepted(self, act: Act, before: Before, name: str, lines: list[NewFact]) -> list[NewFact]:
        """The lines as they are recorded: a doctor's override before them, what they bring about after them."""
        locks = self.locks_passed(act, before, name, lines)
        for line in lines:
            guards.refuse_unconfirmed(line.details, self.protocol)
            if not act.confirmed and isinstance(line.details, WITH_A_RATE):
                planned = before.status.planned_rate_ml_per_hour
                guards.refuse_unlikely_rate(line.details.rate_ml_per_hour, planned, self.protocol)
        if locks and act.override is not None:
            said = Overridden(act=name, locks=locks, doctor=act.override.doctor, reason=act.override.reason)
            lines = [before.line(said), *lines]
        lines = linked(lines, before.day.position + 1)
        return brought_about(before.day, before.course, lines, self.protocol, act.staff, before.now, act.device)

    def locks_passed(self, act: Act, before: Before, name: str, lines: Sequence[NewFact]) -> tuple[str, ...]:
        """Empty when the act may be recorded as it is; else the locks a doctor's name and reason let it pass."""
        return accept(
            before.day,
            before.course,
            self.protocol,
            before.now,
            name,
            [line.details for line in lines],
            before.at,
            act.staff,
            act.override,
        )
