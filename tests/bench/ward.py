"""The ward that is measured: thirty chairs on a SQLite file, the training ward's chairs again under other numbers."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from dashboard.sign_on import pin_hash
from models.clinical.protocol import load as load_protocol
from models.store import create_store
from seed import training_ward
from tests.browser.ward_server import TRAINING_PIN

CHAIRS = 30


def thirty_chairs() -> Mapping[str, Any]:
    """Later chairs are copies of the first twelve, with patients of their own."""
    ward = training_ward.load()
    first = [chair for chair in ward["chairs"] if chair["day"] <= 2 or int(chair["chair"]) > 3]
    chairs = list(ward["chairs"])
    for number in range(len(chairs) + 1, CHAIRS + 1):
        model = first[number % len(first)]
        who = model["patient"] | {"patient_id": f"99900{number:05d}", "family_name": f"Bench-{number}"}
        chairs.append(model | {"chair": str(number), "patient": who, "day": 1, "course": 1})
    return {**ward, "chairs": chairs}


def make_ward(file: Path, now: datetime) -> str:
    """A seeded database; answers its address."""
    url = f"sqlite:///{file}"
    store = create_store(url, "training", "")
    training_ward.seed(store, load_protocol(), now, pin_hash(TRAINING_PIN), ward=thirty_chairs())
    store.close()
    return url
