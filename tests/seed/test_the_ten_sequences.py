"""The ten sequences of the clinical file: a scenario well played holds exactly their values and levels."""

import pytest

from tests.clinical.test_sequences import LEVELS, SEQUENCES, row_cells
from tests.seed.plays import scenario, solved

pytestmark = pytest.mark.xdist_group("scenarios")

SCENARIO_OF = {
    "uneventful": "uneventful",
    "rash, fever, tachycardia": "infusion-reaction",
    "rising pressure, then stroke suspicion": "stroke",
    "bradycardia after pre-medication": "bradycardia",
    "anaphylaxis": "anaphylaxis",
    "chest pain": "chest-pain",
    "haemoptysis with falling SpO2": "haemoptysis",
    "overdue vital signs": "overdue",
    "slowed and extended infusion": "slowed",
    "observation extended": "observation-extended",
}


def test_every_sequence_has_its_scenario():
    assert SCENARIO_OF.keys() == SEQUENCES.keys()


@pytest.mark.parametrize("sequence", SCENARIO_OF)
def test_the_scenario_played_well_is_the_sequence(sequence):
    player = solved(SCENARIO_OF[sequence])
    sets = {scenario(SCENARIO_OF[sequence]).words_at(one.happened_at): one for one in player.statuses["1"].sets}
    for cells in row_cells(SEQUENCES[sequence].rows):
        one = sets[cells[0]]
        measured = (one.heart_rate, f"{one.systolic}/{one.diastolic}", one.temperature, one.spo2, one.respiratory_rate)
        expected = (int(cells[1]), cells[2], float(cells[3]), int(cells[4]), int(cells[5]))
        assert (cells[0], *measured, one.level) == (cells[0], *expected, LEVELS[cells[6]])
