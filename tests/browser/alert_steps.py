"""What a ward story asks of alerts: raised through the API, seen on screens, heard by what the page says it plays."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from selenium.common.exceptions import WebDriverException

from tests.browser.tablet import Tablet
from tests.browser.ward_server import TRAINING_PIN, WardClient, WardServer

CALM = {"heart_rate": 90, "systolic": 120, "diastolic": 76, "symptoms": []}
PAIN = CALM | {"symptoms": ["chest pain"]}


def a_set(client: WardClient, chair: str, values: dict[str, Any]) -> None:
    client.act(chair, "vital-signs", values).raise_for_status()


def sign_on_by_hand(tablet: Tablet, staff: str, path: str = "/") -> None:
    """As a nurse does it: the tap that signs on is the tap that lets the sound out."""
    tablet.driver.get(f"{tablet.url}/sign-on?to={path}")
    tablet.find_element(f"[data-staff={staff}]").click()
    for digit in TRAINING_PIN:
        tablet.find_element(f"[data-digit='{digit}']").click()
    tablet.wait_for_element("#page")
    tablet.wait_until_live()


def lock(tablet: Tablet) -> None:
    """The nurse signs off; the page leads to the tiles by itself."""
    tablet.run("fetch('/api/sign-off', {method: 'POST'})")
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        # Between two pages there is nothing to ask.
        with suppress(WebDriverException):
            if tablet.run("return location.pathname === '/sign-on' && Boolean(document.getElementById('locked'))"):
                return
        time.sleep(0.1)
    raise AssertionError("the tablet did not lead to the tiles")


def quiet(ward: WardServer) -> None:
    """Somebody is acting on everything that stood when the ward was opened."""
    with ward.client("farrell") as client:
        for chair in client.get("/api/ward")["chairs"]:
            for alert in chair.get("alerts") or ():
                if alert["needs_answer"] and alert["state"] == "raised":
                    said = {"alert": alert["id"], "answer": "acting"}
                    client.act(chair["chair"], "alerts/answer", said).raise_for_status()


def later(ward: WardServer, seconds: int, than: str = "") -> None:
    """So long after now, or after that moment if it is still to come."""
    with ward.client("okafor") as client:
        now = datetime.fromisoformat(client.get("/api/ward")["now"])
        wanted = (datetime.fromisoformat(than) if than else now) + timedelta(seconds=seconds)
        if wanted > now:
            client.set_clock(now=wanted.isoformat()).raise_for_status()


def bursts(tablet: Tablet) -> list[str]:
    """Names of the bursts played so far on this page: 3, 2, 1, silence, test."""
    return [one["name"] for one in tablet.run("return window.chairside.alerts.bursts")]


def sound(tablet: Tablet) -> str:
    return tablet.run("return window.chairside.alerts.state.sound")


def heard(tablet: Tablet) -> list[str]:
    return [one["words"] for one in tablet.run("return window.chairside.alerts.state.heard")]


def alerts_of(ward: WardServer, chair: str) -> list[dict[str, Any]]:
    with ward.client("okafor") as client:
        return client.chair(chair)["alerts"]


def line(tablet: Tablet, ident: str) -> str:
    """The words of one alert on the chair's page; empty when it does not stand there."""
    return tablet.run(
        "return [...document.querySelectorAll('#chair-alerts [data-alert]')]"
        ".find(one => one.dataset.alert.startsWith(arguments[0]))?.innerText ?? ''",
        ident,
    )


def answered(tablet: Tablet, ident: str) -> str:
    """Who answered it and how, as its line says; else its age."""
    return tablet.run(
        "return [...document.querySelectorAll('#chair-alerts [data-alert]')]"
        ".find(one => one.dataset.alert.startsWith(arguments[0]))?.querySelector('.alert-aside').innerText ?? ''",
        ident,
    )


def answer(tablet: Tablet, ident: str, words: str) -> None:
    """A real tap on the button of this very alert."""
    button = tablet.wait_until(
        lambda: tablet.run(
            "const line = [...document.querySelectorAll('#chair-alerts [data-alert]')]"
            ".find(one => one.dataset.alert.startsWith(arguments[0]));"
            "return [...line?.querySelectorAll('button') ?? []].find(one => one.textContent === arguments[1])",
            ident,
            words,
        ),
        10,
        f"{ident} has no {words}",
    )
    tablet.wait_until(lambda: tablet.run("return window.chairside.alerts.areSettled()"), 5, "the list did not settle")
    button.click()
