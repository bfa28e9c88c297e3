"""Every line of hour one and of the discharge list, word for word: what it is, how it stands, by whom, its source."""

import pytest

from models.clinical.facts import Discharged, EvaluationOpened, SampleTaken
from models.clinical.refusal import Refusal
from models.clinical.status import CheckStatus
from tests.clinical.asking import infusing, refused
from tests.clinical.builders import NURSE, a_set, at, the_protocol
from tests.clinical.test_discharge import ADVICE, COMPLETED, FINAL
from tests.clinical.test_discharge import status as leaving
from tests.clinical.test_go_no_go import ready_lines
from tests.clinical.test_go_no_go import status as hour_one

OF_THE_PROTOCOL = the_protocol().checks.keys() | the_protocol().advice.keys()
"""Their words stand in the protocol, and its own tests hold them."""


def as_row(line: CheckStatus) -> str:
    at = line.answered_at.strftime("%H:%M") if line.answered_at else "--"
    told = (line.answer, line.answered_by, at, line.source)
    return " | ".join([line.id, line.words, line.kind, line.state, *(text or "--" for text in told)])


def rows(lines: tuple[CheckStatus, ...]) -> list[str]:
    return [as_row(line) for line in lines if line.id not in OF_THE_PROTOCOL]


# id | words | kind | state | answer | by | at | source
NOTHING = """
supervising neurologist | Supervising neurologist | text | done | Dr Sand | okafor | 07:45 | --
emergency contact | Emergency contact | text | done | 2222 | okafor | 07:45 | --
baseline vital signs | Baseline heart rate and blood pressure | vital signs | missing | -- | -- | -- | S-001 L91, L314, L429
steroid | Corticosteroid | medicine | missing | -- | -- | -- | S-001 L309, L391; S-002 L23-24; S-003 L47; S-000 L416-418
antihistamine | Antihistamine | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; S-000 L606-607
antipyretic | Antipyretic | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; RUCK
bag | Bag prepared | bag | missing | -- | -- | -- | MIMS
fresh set | Complete vital signs within the last 30 min, after the steroid began | vital signs | missing | -- | -- | -- | OWN
"""  # noqa: E501
READY = """
supervising neurologist | Supervising neurologist | text | done | Dr Sand | okafor | 07:45 | --
emergency contact | Emergency contact | text | done | 2222 | okafor | 07:45 | --
baseline vital signs | Baseline heart rate and blood pressure | vital signs | done | -- | okafor | 08:00 | S-001 L91, L314, L429
steroid | Corticosteroid | medicine | done | given | okafor | 08:15 | S-001 L309, L391; S-002 L23-24; S-003 L47; S-000 L416-418
antihistamine | Antihistamine | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; S-000 L606-607
antipyretic | Antipyretic | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; RUCK
bag | Bag prepared | bag | done | LEMTRADA, batch B1 | okafor | 08:50 | MIMS
fresh set | Complete vital signs within the last 30 min, after the steroid began | vital signs | done | -- | okafor | 09:10 | OWN
"""  # noqa: E501
TOO_LATE = """
supervising neurologist | Supervising neurologist | text | done | Dr Sand | okafor | 07:45 | --
emergency contact | Emergency contact | text | done | 2222 | okafor | 07:45 | --
baseline vital signs | Baseline heart rate and blood pressure | vital signs | done | -- | okafor | 08:00 | S-001 L91, L314, L429
steroid | Corticosteroid | medicine | done | given | okafor | 08:15 | S-001 L309, L391; S-002 L23-24; S-003 L47; S-000 L416-418
antihistamine | Antihistamine | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; S-000 L606-607
antipyretic | Antipyretic | medicine | optional | -- | -- | -- | S-001 L309, L393; S-002 L24-25; S-003 L47; RUCK
bag | Bag expired | bag | blocked | -- | okafor | 08:50 | SE; RUCK
fresh set | Complete vital signs within the last 30 min, after the steroid began | vital signs | missing | -- | -- | -- | OWN
"""  # noqa: E501


@pytest.mark.parametrize(
    ("lines", "now", "expected"),
    [([], "09:30", NOTHING), (ready_lines(), "09:30", READY), (ready_lines(), "16:55", TOO_LATE)],
    ids=["nothing done", "ready", "too late"],
)
def test_hour_one_line_by_line(lines: list, now: str, expected: str):
    assert rows(hour_one(lines, now).hour_one) == expected.strip().splitlines()


TOO_EARLY = """
observation | Observation of 2hr 00min since the end of the drug | fact | missing | the observation has not ended | -- | -- | S-000 L295-298, L438-439, L609; S-001 L91, L316, L415
final set | Final vital signs, within the last 15 min | vital signs | missing | no final vital signs: take them now | -- | -- | OWN
"""  # noqa: E501
SAMPLED = """
observation | Observation of 2hr 00min since the end of the drug | fact | done | -- | -- | -- | S-000 L295-298, L438-439, L609; S-001 L91, L316, L415
final set | Final vital signs, within the last 15 min | vital signs | done | -- | okafor | 15:20 | OWN
platelets | Platelet count after the infusion | fact | done | -- | okafor | 13:40 | S-001 L315, L419, L429
"""  # noqa: E501
NOT_SAMPLED = """
observation | Observation of 2hr 00min since the end of the drug | fact | done | -- | -- | -- | S-000 L295-298, L438-439, L609; S-001 L91, L316, L415
final set | Final vital signs, within the last 15 min | vital signs | done | -- | okafor | 15:20 | OWN
platelets | Platelet count after the infusion | fact | missing | platelet count not taken | -- | -- | S-001 L315, L419, L429
"""  # noqa: E501
HELD = """
observation | Observation of 2hr 00min since the end of the drug | fact | done | -- | -- | -- | S-000 L295-298, L438-439, L609; S-001 L91, L316, L415
extended: amber with new headache | Extended observation: until 2 normal sets in a row, or amber a doctor accepts, and a doctor's review (so far 0 normal, no doctor's review) | fact | missing | amber with new headache | -- | -- | S-001 L91, L316; OWN
review | Doctor's review | fact | missing | a doctor's review is due | -- | -- | OWN
alert: systolic high/8 | Systolic 150 mmHg: abnormal | fact | missing | alert not answered: Systolic 150 mmHg: abnormal | -- | -- | OWN
alert: diastolic high/8 | Diastolic 94 mmHg: abnormal | fact | missing | alert not answered: Diastolic 94 mmHg: abnormal | -- | -- | OWN
alert: new headache with high pressure/7 | New headache with high pressure | fact | missing | alert not answered: New headache with high pressure | -- | -- | OWN
alert: symptom: nausea/8 | Nausea: a doctor looks | fact | missing | alert not answered: Nausea: a doctor looks | -- | -- | OWN
final set | Final vital signs, within the last 15 min | vital signs | missing | no final vital signs: take them now | -- | -- | OWN
symptom: headache | Headache | fact | optional | headache not gone | -- | -- | S-001 L91, L316
symptom: nausea | Nausea | fact | optional | nausea not gone | -- | -- | S-001 L91, L316
"""  # noqa: E501
RED = """
observation | Observation of 2hr 00min since the end of the drug | fact | done | -- | -- | -- | S-000 L295-298, L438-439, L609; S-001 L91, L316, L415
evaluation | Evaluation closed | fact | missing | the evaluation is open | -- | -- | S-001 L383
extended: red without a doctor's closing entry (Chest pain: red whatever the numbers) | Extended observation: until a doctor closes the evaluation, or 2 normal sets in a row, or amber a doctor accepts, and a doctor's review (so far 0 normal, no doctor's review) | fact | missing | red without a doctor's closing entry (Chest pain: red whatever the numbers) | -- | -- | S-001 L91, L316; OWN
alert: symptom: chest pain/7 | Chest pain | fact | missing | no outcome of the alert: Chest pain | -- | -- | OWN
final set | Final vital signs, within the last 15 min | vital signs | missing | no final vital signs: take them now | -- | -- | OWN
symptom: chest pain | Chest pain | fact | missing | chest pain not gone | -- | -- | S-001 L91, L316
"""  # noqa: E501
AMBER = [
    ("14:00", a_set(pressure="150/94", symptoms=["headache mild"])),
    ("14:10", a_set(pressure="150/94", symptoms=["nausea moderate"])),
]
IN_PAIN = [("14:00", a_set(symptoms=["chest pain"])), ("14:01", EvaluationOpened(reason="red"))]
TAKEN = ("13:40", SampleTaken(sample="platelets"))


@pytest.mark.parametrize(
    ("lines", "now", "day", "expected"),
    [
        ([COMPLETED], "14:00", 1, TOO_EARLY),
        ([COMPLETED, TAKEN, ADVICE, FINAL], "15:30", 3, SAMPLED),
        ([COMPLETED, ADVICE, FINAL], "15:30", 3, NOT_SAMPLED),
        ([COMPLETED, *AMBER], "15:31", 1, HELD),
        ([COMPLETED, *IN_PAIN], "15:31", 1, RED),
    ],
    ids=["too early", "sampled", "not sampled", "held by amber", "held by red"],
)
def test_the_discharge_list_line_by_line(lines: list, now: str, day: int, expected: str):
    assert rows(leaving(*lines, now=now, day=day).discharge_list) == expected.strip().splitlines()


def test_every_answer_of_a_check_names_who_and_when_and_its_source():
    for line in hour_one(ready_lines()).hour_one:
        if line.id in the_protocol().checks and line.state == "done":
            assert (line.answered_by, line.answered_at) == (NURSE, at("08:05")), line.id
            assert line.source == the_protocol().checks[line.id].source


def test_what_is_missing_is_named_in_the_order_of_the_list_and_may_be_overridden():
    early = leaving(COMPLETED, now="14:00")
    assert early.missing_for_discharge[:2] == ("the observation has not ended", "no final vital signs: take them now")
    assert early.missing_for_discharge[2].startswith("advice not explained (")
    assert early.overridable["discharge"] == ("observation", "final set", "advice")


def test_a_time_that_cannot_be_names_its_field():
    before = refused(infusing(), a_set(), happened="07:00")
    assert (before.sentence, before.field) == ("That is before ASHDOWN arrived in chair 3.", "happened_at")
    assert isinstance(before, Refusal)


def test_ready_counts_from_the_last_thing_that_was_missing_and_never_before_the_observation_ended():
    assert leaving(COMPLETED, ADVICE, FINAL).ready_since == at("15:30")
    late = ("15:40", ADVICE[1])
    assert leaving(COMPLETED, ("15:35", a_set()), late, now="15:45").ready_since == at("15:40")


def test_who_supervises_is_named_only_by_an_arrival():
    for line in hour_one([]).hour_one[:2]:
        assert (line.state, line.answered_by) == ("done", NURSE)


def test_a_closed_day_is_extended_no_more_and_its_list_stays():
    held = leaving(COMPLETED, *AMBER, now="15:31")
    gone = leaving(COMPLETED, *AMBER, ("15:32", Discharged(where_to="home")), now="16:00")
    assert held.extended and not gone.extended and gone.extended_reasons == ()
    assert "extended: amber with new headache" in {line.id for line in gone.discharge_list}
