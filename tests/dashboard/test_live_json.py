"""What a screen is sent is what Dash itself would have sent."""

import json

import pytest
from dash import html
from plotly.io.json import to_json_plotly

from components import ward_board
from dashboard.live_json import as_json
from tests.components.statuses import a_ward


@pytest.mark.parametrize("page", ["layout", "fragments"])
def test_the_board_is_written_as_dash_writes_it(page: str):
    ward = a_ward()
    drawn = (
        [ward_board.layout(ward)]
        if page == "layout"
        else [one if isinstance(one, dict) else one.props() for one in ward_board.fragments(ward).values()]
    )
    for one in drawn:
        assert json.loads(as_json(one)) == json.loads(to_json_plotly(one))


def test_marks_for_scripts_and_readers_are_properties_too():
    mark = html.Span("2min", className="", **{"data-until": "1", "aria-live": "off"})
    assert json.loads(as_json(mark)) == {
        "type": "Span",
        "namespace": "dash_html_components",
        "props": {"children": "2min", "className": "", "data-until": "1", "aria-live": "off"},
    }


def test_a_number_that_is_none_is_never_sent():
    with pytest.raises(ValueError, match="JSON"):
        as_json({"children": float("nan")})
