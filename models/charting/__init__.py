"""What a nurse does: one method per act, each decided by the clinical core, appended to the record and announced."""

from models.charting.act import Act, Conflict, NeedsConfirmation, NotFound, Override, Recorded, TooOld
from models.charting.alerting import Alerting
from models.charting.booking import Booking
from models.charting.correcting import Correcting
from models.charting.day_list import DayLists, Imported, ListRefused
from models.charting.evaluating import Evaluating
from models.charting.infusing import Infusing
from models.charting.leaving import Leaving
from models.charting.monitoring import Monitoring

__all__ = [
    "Act",
    "Booking",
    "Charting",
    "Conflict",
    "Imported",
    "ListRefused",
    "NeedsConfirmation",
    "NotFound",
    "Override",
    "Recorded",
    "TooOld",
]


class Charting(DayLists, Infusing, Monitoring, Correcting, Alerting, Evaluating, Leaving):
    """Everything that can be recorded of an infusion day."""
