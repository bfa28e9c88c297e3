"""The import of the day's list: choose a file, see what it would book, book all of it or nothing."""

from __future__ import annotations

from dash.development.base_component import Component

from components import html
from components.attributes import attributes
from components.plain_html import plain
from components.today_forms import panel_head

FILE = '<input type="file" id="import-file" class="visually-hidden" accept=".csv,.txt,.tsv,text/csv,text/plain">'


def day_list_import() -> Component:
    """day_list.js puts the headings, the problems and the lines into their places."""
    return html.Form(
        [
            panel_head("Import the day's list", "import"),
            _choose(),
            html.Div(
                [
                    html.Section("", id="import-problems", className="import-part problems", hidden=True),
                    html.Section("", id="import-lines", className="import-part"),
                    html.Details(
                        [
                            html.Summary("", id="import-columns-words"),
                            html.Div("", id="import-columns", className="columns"),
                        ],
                        id="import-columns-part",
                        className="import-part",
                    ),
                ],
                id="import-shown",
                hidden=True,
            ),
            html.Div(
                [
                    html.Div("", id="import-said", className="ask", role="alert", hidden=True),
                    html.Button("Book", type="submit", id="import-book", className="save", hidden=True),
                    html.Button("Another file", type="button", id="import-again", className="control", hidden=True),
                    html.Span("", className="save-state", role="status"),
                ],
                className="form-foot",
            ),
            html.Div("", id="import-list", **attributes(data_field="base64", data_type="given")),
            html.Div("", id="import-mapping", **attributes(data_field="mapping", data_type="given")),
        ],
        id="form-import",
        className="panel panel-import",
        hidden=True,
        autoComplete="off",
        **attributes(
            data_act="import",
            data_post="/api/day-list",
            data_says="List",
            data_wardwide="",
            data_timeless="",
            aria_labelledby="title-import",
        ),
    )


def _choose() -> Component:
    return html.Div(
        [
            html.Div(
                [
                    html.P(
                        [
                            plain(FILE),
                            html.Label(
                                "Choose the file",
                                htmlFor="import-file",
                                id="import-file-words",
                                className="control primary",
                            ),
                            html.Span(" or drop it here.", className="drop-words"),
                        ]
                    ),
                    html.P(
                        "CSV as your booking system exports it: commas, semicolons or tabs, any order of columns.",
                        className="muted",
                    ),
                ],
                id="import-drop",
                className="drop",
            ),
            html.Details(
                [
                    html.Summary("Or paste the list"),
                    html.Label("The list, with its line of headings", htmlFor="import-pasted"),
                    html.Textarea(id="import-pasted", rows=6, className="long-text", spellCheck="false"),
                    html.Button("Show this list", type="button", id="import-paste", className="control"),
                ],
                className="paste",
            ),
        ],
        id="import-choose",
    )
