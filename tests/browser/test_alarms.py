"""Ward stories of the alarms page: what alerts cost today, over a week, and when there were none."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.tablet import PHONE, Tablet

SUMMARY = "#alarm-figures .alarm-summary"


def choose(tablet: Tablet, days: int) -> None:
    tablet.run("document.querySelector(arguments[0]).click()", f"[data-alarm-days='{days}']")


def test_a_nurse_reads_what_alerts_cost_and_chooses_the_period(open_as: Callable[..., Tablet]):
    tablet = open_as("okafor", "/alarms")
    tablet.wait_until(lambda: "Today, until" in tablet.text(SUMMARY))
    today = tablet.text("#alarm-figures")
    assert "By priority" in today and "!!! high" in today and "By kind" in today and "! Overdue" in today
    choose(tablet, 7)
    tablet.wait_until(lambda: "7 days, until" in tablet.text(SUMMARY))
    days = int(tablet.text(SUMMARY).split(": ")[1].split()[0])
    assert days > 11, "the earlier days of the courses count"
    assert tablet.run("return document.querySelector('[aria-pressed=true]').textContent") == "7 days"


def test_on_a_phone_in_the_dark_the_tables_scroll_in_their_own_frame(open_as: Callable[..., Tablet]):
    phone = open_as("okafor", "/alarms", size=PHONE, dark=True)
    phone.wait_until(lambda: "Today, until" in phone.text(SUMMARY))
    assert phone.run("return document.documentElement.scrollWidth <= window.innerWidth")
