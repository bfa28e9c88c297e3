"""The forms of the screens and the bodies of the API agree: every address exists, every field is known there."""

from __future__ import annotations

import pytest

from components.act_form import ActForm, Lists
from components.act_forms import act_forms
from components.evaluation_forms import evaluation_forms
from dashboard.api.acts import ROUTES
from models.clinical.protocol import load

BODIES = {route.path: route.body for route in ROUTES}
LISTS = Lists(protocol=load(), doctors=("Dr Silva",), staff={"okafor": "Ada Okafor"}, chairs=("1", "2"))
FORMS = (*act_forms(LISTS), *evaluation_forms(LISTS))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.ident or form.act)
def test_a_form_is_taken_by_its_route(form: ActForm):
    known = {field.alias or name for name, field in BODIES[form.path].model_fields.items()}
    assert {field.name.split(".")[0] for field in form.fields} <= known
