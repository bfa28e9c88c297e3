"""What a chair's status tells of its infusion: resuming, the bag, the figures, the forecast."""

import pytest

from models.clinical.facts import BagPrepared
from models.clinical.status import Phase
from tests.clinical.builders import Line, at
from tests.clinical.shown import MIXED, shown, told

# what happened                            | now   | needs a doctor | rate  | resume by
RESUMES = """
toilet                                     | 11:00 | no             | 25.3  | --
toilet, mixed                              | 11:00 | no             | 25.3  | 13:50
reaction, mixed                            | 11:00 | yes            | 12.65 | 10:50
reaction, goes on, mixed                   | 11:00 | no             | 12.65 | 10:50
stop, mixed                                | 11:00 | yes            | 12.65 | 10:50
stop, goes on, mixed                       | 11:00 | no             | 12.65 | 10:50
red, toilet, mixed                         | 11:00 | yes            | 12.65 | 10:50
red, toilet, goes on, mixed                | 11:00 | no             | 12.65 | 10:50
red, goes on before, toilet, mixed         | 11:00 | no             | 25.3  | 13:50
toilet, resume, toilet again, mixed        | 12:00 | no             | 12.65 | 11:10
mixed                                      | 11:00 | no             | --    | --
complete, mixed                            | 14:00 | no             | --    | --
"""


@pytest.mark.parametrize("row", RESUMES.strip().splitlines())
def test_what_resume_asks_for_and_offers(row):
    happened, now, doctor, rate, by = (cell.strip() for cell in row.split("|"))
    found = shown(*told(happened), now=now)
    assert found.resume_needs_evaluation is (doctor == "yes")
    assert found.resume_rate_ml_per_hour == (None if rate == "--" else float(rate))
    assert found.resume_by == (None if by == "--" else at(by))


# what happened        | now      | warning begins
BAGS = """
mixed                  | 10:00    |
mixed, slow            | 12:00    |
mixed, very slow       | 12:00    | The bag expires 3 min
mixed, toilet          | 13:50    |
mixed, toilet          | 13:50:01 | The bag expires before the rest is in, even if it runs on now
mixed, toilet          | 16:49:59 | The bag expires before the rest is in, even if it runs on now
mixed, toilet          | 16:50    | The bag has expired and is not in yet.
reaction, mixed        | 10:50    |
reaction, mixed        | 10:50:01 | The bag expires before the rest is in, even if it runs on now at the rate to
reaction, goes on, mixed | 11:00  | The bag expires before the rest is in, even if it runs on now at the rate to
mixed, just in time    | 12:00    |
mixed, very slow       | 16:50    | The bag has expired and is not in yet.
mixed, very slow       | 16:52:58 | The bag has expired and is not in yet.
mixed, very slow       | 16:52:59 |
mixed                  | 16:50    |
mixed, complete        | 16:50    |
toilet                 | 20:00    |
"""


@pytest.mark.parametrize("row", BAGS.strip().splitlines())
def test_the_bag_warns_before_the_rest_of_it_expires(row):
    happened, now, words = (cell.strip() for cell in row.split("|"))
    warning = shown(*told(happened), now=now).bag_warning
    assert warning.startswith(words) and bool(warning) is bool(words)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("12:50", ""),
        ("12:50:01", "The bag expires before the infusion would be in, even if it starts now."),
        ("16:50", "The bag has expired."),
    ],
)
def test_a_bag_mixed_too_early_warns_before_the_start(now, words):
    found = shown(MIXED, now=now, phase=Phase.PRE_MEDICATION)
    assert (found.bag_warning, found.bag_mixed_at, found.bag_expires_at) == (words, at("08:50"), at("16:50"))


@pytest.mark.parametrize(("now", "past"), [("13:40", True), ("13:39:59", False), ("13:30", False)])
def test_past_forecast_after_ten_minutes(now, past):
    found = shown(now=now)
    assert (found.past_forecast, found.forecast_end) == (past, at("13:30"))


@pytest.mark.parametrize(
    ("happened", "warnings"),
    [
        ("complete soon", ()),
        ("complete early", ("The infusion ran 3hr 55min, less than the planned 4hr 00min.",)),
        ("complete", ()),
        ("", ()),
    ],
)
def test_an_infusion_completed_in_less_than_235_min_is_told(happened, warnings):
    assert shown(*told(happened), now="14:00").warnings == warnings


# what happened               | now   | state     | run s | elapsed s | mL   | rest s | forecast | rate
FIGURES = """
                              | 11:30 | running   | 7200  | 7200      | 50.6 | 7200   | 13:30    | 25.3
slow                          | 11:30 | running   | 7200  | 7200      | 50.6 | 14400  | 15:30    | 12.65
toilet                        | 11:30 | paused    | 3600  | 7200      | 25.3 | 10800  | --       | 25.3
toilet, resume                | 11:30 | running   | 5400  | 7200      | 31.6 | 19800  | 17:00    | 12.65
stop                          | 11:30 | stopped   | 3600  | 3600      | 25.3 | 10800  | --       | 25.3
stop, goes on                 | 11:30 | paused    | 3600  | 7200      | 25.3 | 10800  | --       | 25.3
complete                      | 14:00 | completed | 14400 | 14400     | 101.2 | --    | --       | 25.3
                              | 13:45 | running   | 15300 | 15300     | 101.2 | 0     | 13:30    | 25.3
"""


@pytest.mark.parametrize("row", FIGURES.strip("\n").splitlines())
def test_the_figures_of_the_infusion(row):
    happened, now, state, run, elapsed, volume, rest, forecast, rate = (cell.strip() for cell in row.split("|"))
    found = shown(*told(happened), now=now)
    assert found.state == state
    assert (found.run_time_s, found.elapsed_s) == (int(run), int(elapsed))
    assert round(found.volume_given_ml, 1) == float(volume)
    assert found.remaining_s == (None if rest == "--" else int(rest))
    assert found.forecast_end == (None if forecast == "--" else at(forecast))
    assert found.rate_ml_per_hour == float(rate)
    assert found.slowed is (float(rate) < 25.3)
    assert (found.planned_run_time_s, round(found.planned_rate_ml_per_hour, 1)) == (14400, 25.3)


def test_before_the_start_there_is_nothing_to_tell_of_the_infusion():
    found = shown(now="09:00", phase=Phase.PRE_MEDICATION)
    assert (found.state, found.run_time_s, found.elapsed_s, found.volume_given_ml) == (None, 0, 0, 0.0)
    assert found.rate_ml_per_hour is found.remaining_s is found.forecast_end is found.infusion_started_at is None
    assert found.slowed is False


def test_the_prepared_bag_gives_the_volume_and_the_planned_rate():
    bag: Line = ("08:50", BagPrepared(product="LEMTRADA", batch="B1", volume_ml=112))
    found = shown(bag, now="09:30")
    assert (found.volume_ml, found.planned_rate_ml_per_hour) == (112, 28)
    assert found.slowed is True


def test_a_pause_tells_since_when_and_why():
    found = shown(*told("reaction"), now="11:00")
    assert (found.paused_at, found.pause_reason, found.free_at) == (at("10:30"), "reaction", None)
    assert shown(*told("stop"), now="11:00").pause_reason == "stop"
    assert shown(now="11:00").pause_reason == ""
