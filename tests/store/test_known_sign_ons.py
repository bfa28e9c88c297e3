"""A sign-on is asked for with every request; one that has ended is never remembered."""

from models.store import WardStore
from models.store.known_sign_ons import KnownSignOns
from tests.store.wards import NOW, is_sqlite


def test_a_sign_on_is_remembered_only_where_nobody_else_can_end_it(store: WardStore, url: str):
    store.start_sign_on("okafor", "hash", "", NOW)
    assert store.known_sign_on("hash") is None
    found = store.signed_on("hash")
    assert found is not None and found[1].id == "okafor"
    assert store.known_sign_on("hash") == (found if is_sqlite(url) else None)


def test_an_ended_one_is_forgotten_at_once(store: WardStore):
    store.start_sign_on("okafor", "hash", "", NOW)
    store.signed_on("hash")
    store.end_sign_on("hash", NOW)
    assert store.known_sign_on("hash") is None and store.signed_on("hash") is None


def test_what_was_read_before_an_ending_is_not_kept_after_it(store: WardStore):
    store.start_sign_on("okafor", "hash", "", NOW)
    known, found = KnownSignOns(), store.signed_on("hash")
    assert found is not None
    before = known.endings
    known.end("hash")
    known.keep("hash", found, before)
    assert known.of("hash") is None
    known.keep("hash", found, known.endings)
    assert known.of("hash") == found
