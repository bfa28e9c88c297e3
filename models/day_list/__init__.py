"""The day's list a hospital exports as CSV: read it, map its headings, name what stands in its way.

Nothing here books; charting does, all lines or none.
"""

from models.day_list.check import Known, Listed, Preview, Problem, check
from models.day_list.sheet import FIELDS, WORDS, Sheet, Unreadable, read, suggest

__all__ = [
    "FIELDS",
    "WORDS",
    "Known",
    "Listed",
    "Preview",
    "Problem",
    "Sheet",
    "Unreadable",
    "check",
    "read",
    "suggest",
]
