"""The forms of the chair page say what the API takes: every path is a route, every field a field of its body."""

from __future__ import annotations

import re

import pytest

from components.act_fields import Field
from components.act_form import ActForm, Lists
from components.act_forms import act_forms, check_form_id
from components.act_panels import act_panels
from components.evaluation_forms import evaluation_forms
from components.plain_html import plain_html
from dashboard.api.acts import ROUTES
from models.clinical.protocol import load

PROTOCOL = load()
LISTS = Lists(PROTOCOL, ("Dr Okonkwo",), {"okafor": "Okafor"}, ("1", "2"))
FORMS = (*act_forms(LISTS), *evaluation_forms(LISTS))
TOLD = {
    "evaluation-step": {"reaction", "step"}, "evaluation-found": {"reaction", "step"}, "close-evaluation": {"outcome"},
    "evaluation-due": {"reaction", "step"}, "evaluation-past": {"reaction", "step"}, "stop-time": {"fact", "reason"},
}  # fmt: skip
"""What the button that opens a form says itself (assets/chair.evaluation.js)."""
BODIES = {route.path: route.body for route in ROUTES}


def known_to(form: ActForm) -> set[str]:
    return {field.alias or name for name, field in BODIES[form.path].model_fields.items()}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.ident or form.act)
def test_every_form_posts_a_body_the_api_knows(form: ActForm) -> None:
    assert {field.name.split(".")[0] for field in form.fields} <= known_to(form)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.ident or form.act)
def test_every_form_asks_for_what_the_api_requires(form: ActForm) -> None:
    fields = BODIES[form.path].model_fields
    required = {field.alias or name for name, field in fields.items() if field.is_required()}
    asked = {field.name.split(".")[0] for field in form.fields}
    assert required <= asked | set(form.body) | TOLD.get(form.ident or form.act, set())


def test_every_check_that_is_not_yes_or_no_has_its_own_form() -> None:
    asked = {check.id for check in PROTOCOL.checks.values() if check.kind != "yes_no"}
    drawn = {form.ident for form in FORMS if form.act == "checks"}
    assert drawn == {check_form_id(PROTOCOL, check) for check in asked}


def test_no_number_is_filled_in_beforehand() -> None:
    html = plain_html(act_panels(FORMS, PROTOCOL, LISTS.doctors))
    assert 'value="' not in re.sub(r'data-[a-z-]+="[^"]*"', "", html)


def test_ids_are_unique_and_every_label_has_its_entry() -> None:
    html = plain_html(act_panels(FORMS, PROTOCOL, LISTS.doctors))
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^"]+)"', html)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(ids)


def test_words_of_the_protocol_cannot_break_out_of_the_page() -> None:
    evil = Field('x"><script>', "<b>Words</b>", "one", choices=(('"><img>', "<i>"),))
    form = ActForm("notes", "<u>", "notes", "&", (evil,))
    html = plain_html(act_panels([form], PROTOCOL, ()))
    for tag in ("<script", "<b>", "<img", "<i>", "<u>"):
        assert tag not in html
