"""Our elements are Dash's own, only made faster."""

import dash.html
import pytest
from dash.development.base_component import Component

from components import html


def test_an_element_is_written_as_dash_writes_its_own():
    given = {"id": "a", "className": "b", "data-until": "1", "aria-live": "off", "style": {"--urgency": 1}}
    ours = html.Div(["words", html.Br()], **given)
    dashs = dash.html.Div(["words", dash.html.Br()], **given)
    assert isinstance(ours, Component) and isinstance(ours, dash.html.Div)
    assert ours.to_plotly_json()["props"] | {"children": None} == dashs.to_plotly_json()["props"] | {"children": None}
    assert (ours._type, ours._namespace, ours._prop_names) == (dashs._type, dashs._namespace, dashs._prop_names)
    assert list(ours._traverse())[1]._type == "Br"


def test_an_element_without_children_says_none_of_them():
    assert html.Span(className="dot").to_plotly_json()["props"] == {"className": "dot"}
    assert html.Span(className="dot").children is None


def test_a_property_html_does_not_have_is_refused():
    with pytest.raises(TypeError, match="Span has no property klass"):
        html.Span("words", klass="b")
    with pytest.raises(AttributeError, match="no Sparkle"):
        html.Sparkle  # noqa: B018
