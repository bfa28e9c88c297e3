"""The record of the ward: facts appended to SQLite or PostgreSQL; the only room that speaks SQL."""

from models.store.opening import create_store, migrate, open_store
from models.store.refusals import KeyUsed, PositionTaken, StoreRefused, StoreUnavailable
from models.store.rows import Booking, Mode, NewFact, SignOn, StaffMember, UsedKey, WardRow
from models.store.ward_store import WardStore

__all__ = [
    "Booking", "KeyUsed", "Mode", "NewFact", "PositionTaken", "SignOn", "StaffMember", "StoreRefused",
    "StoreUnavailable", "UsedKey", "WardRow", "WardStore", "create_store", "migrate", "open_store",
]  # fmt: skip
