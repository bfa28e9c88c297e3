"""Dash's HTML elements, made at once: Dash asks about every property of each, which was most of drawing a change."""

# mypy: implicit-reexport

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash.html
from dash.development.base_component import Component

if TYPE_CHECKING:
    from dash.html._imports_ import *  # noqa: F403

MARKS = ("data-", "aria-")


class Plain:
    """Keeps what it was given and nothing else."""

    children: Any = None
    _prop_names: list[str]
    _type: str
    _namespace: str
    _known: frozenset[str]

    def __init__(self, *children: Any, **props: Any) -> None:
        if not props.keys() <= self._known:
            self._refuse_unknown(props)
        if children:
            (self.children,) = children
        vars(self).update(props)

    def to_plotly_json(self) -> dict[str, Any]:
        return {"props": dict(vars(self)), "type": self._type, "namespace": self._namespace}

    def _refuse_unknown(self, props: dict[str, Any]) -> None:
        unknown = [name for name in props if name not in self._known and not name.startswith(MARKS)]
        if unknown:
            raise TypeError(f"{self._type} has no property {', '.join(unknown)}.")


def _plain(kind: type[Component]) -> type[Component]:
    """What Dash writes into each element about its kind, written once."""
    of_kind = {name: held for name, held in vars(kind()).items() if name.startswith(("_", "available_"))}
    known = frozenset(of_kind["_prop_names"])
    of_module = {"__module__": kind.__module__, "_namespace": kind._namespace, "_children_props": []}
    kind_of_kind: Any = type(kind)
    return kind_of_kind(kind.__name__, (Plain, kind), {**of_kind, **of_module, "_known": known})


def _made(name: str) -> type[Component]:
    """Each kind is made when it is asked for first."""
    kind = getattr(dash.html, name, None) if name[:1].isupper() else None
    if kind is None:
        raise AttributeError(f"HTML has no {name}.")
    globals()[name] = made = _plain(kind)
    return made


if not TYPE_CHECKING:
    __getattr__ = _made
