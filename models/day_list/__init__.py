"""The day's list a hospital exports as CSV: read it, map its headings, name what stands in its way.

Nothing here books; charting does, all lines or none.
"""

from models.day_list.check import NEEDED, Preview, check
from models.day_list.lines import Known, Listed, Problem
from models.day_list.sheet import FIELDS, LARGEST_FILE, WORDS, Sheet, Unreadable, read, suggest

__all__ = [
    "FIELDS",
    "LARGEST_FILE",
    "NEEDED",
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
