"""The ward's store: everything the house reads from and appends to the database."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from models.clinical.facts import Fact, InfusionDay, Patient
from models.store import anchor, appending, people, reading
from models.store.appending import Entry, Stamp
from models.store.database import Database, file_of
from models.store.known_days import KnownDays
from models.store.known_sign_ons import KnownSignOns
from models.store.refusals import PositionTaken, StoreUnavailable
from models.store.rows import Booking, NewFact, SignOn, StaffMember, UsedKey, WardRow
from models.store.silence import saying_why

log = logging.getLogger(__name__)

Check = Callable[[], None]
"""Runs inside the ward's lock, before anything is written; it may read the store and raise a Refusal."""


class WardStore:
    """Thread-safe. Reads never wait for writes; a read sees everything acknowledged before it began."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = KnownDays()
        self._sign_ons = KnownSignOns()

    def close(self) -> None:
        """A clean end: what stands in the record is remembered outside of it first."""
        try:
            self._anchor()
        except (StoreUnavailable, OSError) as failure:
            log.warning("The record was not anchored at the end: %s", failure)
        finally:
            self._database.close()

    def _anchor(self) -> None:
        """On SQLite; for PostgreSQL `python -m models.store anchor` is told where."""
        path = file_of(self._database.url)
        if path is not None:
            with self._reading() as connection:
                anchor.remember(connection, anchor.beside(path))

    # ---- reads -------------------------------------------------------------------------------------------------------

    def ward(self) -> WardRow:
        with self._reading() as connection:
            return people.ward(connection)

    def chairs(self) -> list[str]:
        """Labels, in the order of the board."""
        with self._reading() as connection:
            return people.chairs(connection)

    def staff(self) -> list[StaffMember]:
        with self._reading() as connection:
            return people.staff(connection)

    def open_days(self, local_date: date) -> list[InfusionDay]:
        """Every day arrived and not closed, whatever its date, and all days of this date (booked, closed)."""
        with self._reading() as connection:
            return reading.open_days(connection, local_date)

    def infusion_day(self, day_id: str) -> InfusionDay | None:
        with self._reading() as connection:
            return reading.infusion_day(connection, day_id)

    def days_of_patient(self, patient_key: str) -> list[InfusionDay]:
        """All courses, by date; `patient_key` is Patient.id."""
        with self._reading() as connection:
            return reading.days_of_patient(connection, patient_key)

    def days_alongside(self, day_id: str) -> list[InfusionDay]:
        """This day and every other day of its patient, in one read at most; empty where there is no such day."""
        known = self._known.from_memory(day_id)
        if known is not None:
            return known
        changes = self._known.changes
        with self._reading() as connection:
            found = self._known.alongside(connection, day_id)
        if self._database.is_ours_alone:
            self._known.trust(found, changes)
        return found

    def known_day(self, day_id: str) -> InfusionDay | None:
        """From memory: as it was when it was last read or recorded in by this process, maybe older."""
        return self._known.of(day_id)

    def find_patient(self, patient_id: str) -> Patient | None:
        """By the hospital's number."""
        with self._reading() as connection:
            return reading.find_patient(connection, patient_id)

    def facts_after(self, day_id: str, position: int) -> tuple[Fact, ...]:
        with self._reading() as connection:
            return reading.facts_after(connection, day_id, position)

    def find_key(self, key: str) -> UsedKey | None:
        with self._reading() as connection:
            return reading.used_key(connection, key)

    def positions(self, day_ids: Sequence[str]) -> Mapping[str, int]:
        """The newest position of each day."""
        with self._reading() as connection:
            return reading.positions(connection, day_ids)

    def positions_on_board(self, local_date: date) -> Mapping[str, int]:
        """The newest position of each of `open_days`: a look that also finds a day another process has booked."""
        with self._reading() as connection:
            return reading.positions_on_board(connection, local_date)

    def newest_recorded_at(self) -> datetime | None:
        """No clock of this ward may show a time before this."""
        with self._reading() as connection:
            return reading.newest_recorded_at(connection)

    def sign_on(self, token_hash: str) -> SignOn | None:
        """None for an unknown token and for one whose sign-on has ended."""
        with self._reading() as connection:
            return people.sign_on(connection, token_hash)

    def signed_on(self, token_hash: str) -> tuple[SignOn, StaffMember] | None:
        """The sign-on and who it is, in one read."""
        endings = self._sign_ons.endings
        with self._reading() as connection:
            found = people.signed_on(connection, token_hash)
        if found is not None and self._database.is_ours_alone:
            self._sign_ons.keep(token_hash, found, endings)
        return found

    def was_signed_on(self, token_hash: str, since: datetime) -> str | None:
        """The member of staff, also when the sign-on has ended since then: such a tablet may hear, and nothing else."""
        with self._reading() as connection:
            return people.was_signed_on(connection, token_hash, since)

    def known_sign_on(self, token_hash: str) -> tuple[SignOn, StaffMember] | None:
        """At once, from memory; None where the database must be asked."""
        return self._sign_ons.of(token_hash)

    # ---- the record --------------------------------------------------------------------------------------------------

    def append(
        self,
        day_id: str,
        after_position: int,
        lines: Sequence[NewFact],
        key: str,
        request_digest: str,
        staff: str,
        device: str,
        now: datetime,
        lock_ward: bool = False,
        check: Check | None = None,
    ) -> tuple[Fact, ...]:
        """Raises PositionTaken when somebody was first, KeyUsed when this request was recorded before."""
        stamp = Stamp(key, request_digest, staff, device, now)
        return self._record([(day_id, after_position, lines)], stamp, lock_ward or check is not None, check)

    def append_many(
        self,
        entries: Sequence[Entry],
        key: str,
        request_digest: str,
        staff: str,
        device: str,
        now: datetime,
        check: Check | None = None,
    ) -> tuple[Fact, ...]:
        """Several days in one transaction, under the ward's lock: all or nothing."""
        return self._record(entries, Stamp(key, request_digest, staff, device, now), True, check)

    def book(
        self,
        bookings: Sequence[Booking],
        key: str,
        request_digest: str,
        staff: str,
        device: str,
        now: datetime,
        check: Check | None = None,
    ) -> list[InfusionDay]:
        """New infusion days with their first facts, all or none; patients are matched by the hospital's number.

        Raises Refusal where that number belongs to another name or birth date.
        """
        stamp = Stamp(key, request_digest, staff, device, now)
        with self._recording(key, []) as connection:
            with connection.begin():
                self._enter(connection, key, True, check)
                booked = appending.book_all(connection, bookings, stamp)
            self._known.doubt()
        return booked

    def _record(self, entries: Sequence[Entry], stamp: Stamp, lock_ward: bool, check: Check | None) -> tuple[Fact, ...]:
        with self._recording(stamp.key, entries) as connection:
            with connection.begin():
                self._enter(connection, stamp.key, lock_ward, check)
                facts = appending.append(connection, entries, stamp)
            self._known.append(facts)
        return facts

    @staticmethod
    def _enter(connection: Connection, key: str, lock_ward: bool, check: Check | None) -> None:
        if lock_ward:
            appending.lock_ward(connection)
        appending.refuse_used_key(connection, key)
        if check is not None:
            check()

    # ---- the ward and its people -------------------------------------------------------------------------------------

    def set_up(self, ward: WardRow, chairs: Sequence[str], staff: Sequence[StaffMember]) -> None:
        """Names the ward, its chairs and its people: once."""
        with self._writing() as connection:
            people.set_up(connection, ward, chairs, staff)

    def add_staff(self, member: StaffMember) -> StaffMember:
        """One more person of the ward, with an id of her own."""
        with self._writing() as connection:
            return people.add_staff(connection, member)

    def start_sign_on(self, staff_id: str, token_hash: str, device: str, now: datetime) -> int:
        """Answers the epoch, greater than every one before."""
        with self._writing() as connection:
            return people.start_sign_on(connection, staff_id, token_hash, device, now)

    def end_sign_on(self, token_hash: str, now: datetime) -> None:
        with self._writing() as connection:
            people.end_sign_on(connection, token_hash, now)
        self._sign_ons.end(token_hash)

    # ---- transactions ------------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with saying_why("The record cannot be read"), self._database.read.begin() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with saying_why("Not saved"), self._database.write.begin() as connection:
            yield connection

    @contextmanager
    def _recording(self, key: str, entries: Sequence[Entry]) -> Iterator[Connection]:
        """Two at once on PostgreSQL may be seen only by a unique constraint, or a repeated key by its position first.

        Either way the key is looked up again: a repeated request is told what it recorded, never that it came late.
        The connection is kept until what was committed is known here: on SQLite the next writer waits for it.
        """
        try:
            with saying_why("Not saved"), self._database.write.connect() as connection:
                yield connection
        except (IntegrityError, PositionTaken):
            self._known.doubt()
            with self._reading() as connection:
                appending.refuse_used_key(connection, key)
                appending.refuse_taken_positions(connection, entries)
            raise
        except BaseException:
            # Committed or not: nobody knows.
            self._known.doubt()
            raise
