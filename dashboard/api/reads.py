"""The ward as it stands at the moment of asking, so that whoever recorded something reads it back at once."""

from __future__ import annotations

from dataclasses import replace

from models.charting import Charting
from models.live_ward import LiveWard
from models.ward_status import WardStatus, chair_views


def ward_now(charting: Charting, live_ward: LiveWard) -> WardStatus:
    """Screens are told by the live ward; whoever asks is answered from the store and by the clock."""
    told = live_ward.status()
    statuses = charting.todays_statuses()
    return replace(
        told,
        now=charting.clock.now(),
        clock_rate=charting.clock.rate,
        staff=charting.names().staff,
        chairs=chair_views(charting.store.chairs(), statuses),
        days=tuple(statuses),
    )
