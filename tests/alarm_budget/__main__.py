"""`make alarm-budget`: thirty ward days of one seed, the alerts they bring, and whether the promise holds."""

from __future__ import annotations

import sys
from statistics import median

from models.clinical.alert import Priority
from models.clinical.protocol import load
from tests.alarm_budget.counted import Figures, broken, counted
from tests.alarm_budget.ward_days import simulated

DAYS, SEED = 30, 1


def main(arguments: list[str]) -> int:
    """`seed=2`, `days=5`, `study=SHO` (all patients like those of one study)."""
    told = dict(word.split("=", 1) for word in arguments)
    days, seed, study = int(told.get("days", DAYS)), int(told.get("seed", SEED)), told.get("study", "")
    protocol = load()
    figures = counted(simulated(protocol, seed, days, study), protocol)
    whom = f"all patients as in {study}" if study else "patients as in the four studies"
    print(f"{days} ward days, seed {seed}, {whom}, protocol {protocol.version}.\n")
    print("| what | to hold | simulated |\n|---|---|---|")
    for row in rows(figures):
        print("| " + " | ".join(row) + " |")
    sentences = broken(figures)
    print("\n" + ("\n".join(sentences) if sentences else "The promise holds."))
    return 1 if sentences else 0


def rows(figures: Figures) -> list[tuple[str, str, str]]:
    each = " · ".join(f"{figures.an_hour[priority]:.3f}" for priority in sorted(Priority, reverse=True))
    wait = f"median {median(figures.waits):.0f}, longest {max(figures.waits):.0f} min" if figures.waits else "none"
    return [
        ("infusion days · chair-hours", "", f"{figures.days} · {figures.chair_hours:.0f}"),
        ("alerts heard per chair-hour, median of the days · 95 %", "≤ 1 · ≤ 3",
         f"{figures.an_hour_median:.2f} · {figures.an_hour_p95:.2f}"),
        ("high · medium · low per chair-hour", "", each),
        ("uneventful days with red", "≤ 2 %",
         f"{figures.uneventful_red} of {figures.uneventful} ({figures.red_share:.1%})"),
        ("days whose true values crossed a red limit by chance · with red", "",
         f"{figures.beyond} · {figures.beyond_red}"),
        ("repeats asked", "", f"{figures.repeats_asked}"),
        ("first readings of a pair: asked · confirmed · artefact", "",
         f"{figures.pairs_asked} · {figures.pairs_confirmed} · {figures.pairs_artefact}"),
        ("planted events · missed", "0 missed", f"{figures.planted} · {len(figures.missed)}"),
        ("from an event's height to its alert", "≤ 65 min", wait),
        ("patients with an amber or red set in their course", "IJMSC 62.5 %", f"{figures.flagged_patients:.1%}"),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
