"""The gradebook as data: the rows of a class and the terms that they were marked under, as JSON text.

It is what a later run compares with, and what an export is made from. Reading one executes nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from grader.office.gradebook.rows import Row

BOOK = "gradebook.json"
SCHEMA = "zero-to-hero/gradebook/1"


@dataclass(frozen=True)
class Book:
    """All rows of a class. `terms`: of each lecture. `before`: rows that wait now and had marks, by folder."""

    rows: tuple[Row, ...] = ()
    terms: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    before: Mapping[str, Row] = field(default_factory=dict)

    def by_place(self) -> dict[str, Row]:
        """The rows by their folders; of one that waits, what it was before."""
        return {row.place: self.before.get(row.place, row) for row in self.rows} | dict(self.before)


def to_book(book: Book) -> str:
    """The book as text."""
    content = {
        "schema": SCHEMA,
        "terms": book.terms,
        "rows": [_told(row) for row in book.rows],
        "before": {place: _told(row) for place, row in book.before.items()},
    }
    return json.dumps(content, indent=1) + "\n"


def from_book(text: str | bytes) -> Book:
    """The book in a text; an empty one if it is none, or a damaged or older one."""
    try:
        told = json.loads(text)
        if told["schema"] != SCHEMA:
            return Book()
        rows = tuple(_row(row) for row in told["rows"])
        return Book(rows, dict(told["terms"]), {place: _row(row) for place, row in told["before"].items()})
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        return Book()


def _told(row: Row) -> dict[str, Any]:
    told = asdict(row)
    return {**told, "mark": None if row.mark is None else str(row.mark)}


def _row(told: dict[str, Any]) -> Row:
    mark = told["mark"]
    mistakes = tuple(told["mistakes"])
    return Row(**{**told, "mark": None if mark is None else Decimal(mark), "mistakes": mistakes})
