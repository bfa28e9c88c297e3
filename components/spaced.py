"""Spaces between parts that stand side by side: unseen, but a reader and a copied text keep the words apart."""

from __future__ import annotations

from collections.abc import Sequence

from dash.development.base_component import Component


def spaced(parts: Sequence[Component]) -> list[Component | str]:
    return [piece for part in parts for piece in (" ", part)][1:]
