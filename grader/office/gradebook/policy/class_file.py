"""class.toml: late rules, extensions, hand-in times that no platform told, and marks that a person has set.

Whatever is wrong in it ends in one sentence with the file and the line.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from grader.course.safe_text import clean
from grader.errors import UsageError

CLASS_FILE = "class.toml"
LATE = ("due", "per_cent_per_day", "grace_minutes", "most_per_cent")
TABLES = ("late", "extensions", "handed_in", "override", "absent_get")
MOST = 1_000_000
OVERRIDE = ("student", "exercise", "points", "reason")


@dataclass(frozen=True)
class Override:
    """Points that a person has set, for an exercise or for the whole mark, with the reason."""

    student: str
    points: Decimal
    reason: str
    exercise: str = ""
    line: int = 0


@dataclass(frozen=True)
class Rules:
    """What a class.toml says. Names of people are as they stand there; `lines`: where."""

    file: Path = Path(CLASS_FILE)
    due: datetime | None = None
    per_day: Decimal = Decimal(0)
    grace: timedelta = timedelta()
    most: Decimal = Decimal(100)
    extensions: Mapping[str, datetime | Decimal] = field(default_factory=dict)
    handed_in: Mapping[str, datetime] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    absent_get: Decimal | None = None
    lines: Mapping[str, int] = field(default_factory=dict)

    def wrong(self, line: int, what: str) -> UsageError:
        return UsageError(f"{self.file}, line {line}: {what}")


NO_RULES = Rules()


def read_rules(file: Path) -> Rules:
    """The rules in a file. Raises UsageError."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        told = tomllib.loads(text.replace("\r\n", "\n"))
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}, line 1: this is not text in UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+)", str(error))
        line = where[1] if where else str(text.count("\n") + 1)
        what = re.sub(r" \(at .*\)$", "", str(error))
        raise UsageError(f"{file}, line {line}: this is not TOML ({clean(what, 80)}).") from None
    return _Reader(file, text, told).rules()


class _Reader:
    """One look through a class.toml."""

    def __init__(self, file: Path, text: str, told: dict[str, Any]) -> None:
        self.file, self.told, self.lines = file, told, text.splitlines()

    def rules(self) -> Rules:
        self._check_names(self.told, TABLES)
        late = self._table("late")
        self._check_names(late, LATE)
        if late and not isinstance(late.get("due"), datetime):
            raise self._wrong("due" if "due" in late else "[late]", "[late] needs due = a date with a time.")
        people = {**self._table("extensions"), **self._table("handed_in")}
        return Rules(
            self.file,
            late.get("due"),
            self._number(late, "per_cent_per_day", Decimal(0), most=100),
            timedelta(minutes=float(self._number(late, "grace_minutes", Decimal(0)))),
            self._number(late, "most_per_cent", Decimal(100), most=100),
            {name: self._extension(name, value) for name, value in self._table("extensions").items()},
            {name: self._time(name, value) for name, value in self._table("handed_in").items()},
            tuple(self._override(number, one) for number, one in enumerate(self._overrides())),
            self._number(self.told, "absent_get", Decimal(0)) if "absent_get" in self.told else None,
            {name: self._line(name) for name in people},
        )

    def _table(self, name: str) -> dict[str, Any]:
        table = self.told.get(name, {})
        if not isinstance(table, dict):
            raise self._wrong(name, f"{name} is a table: [{name}].")
        return table

    def _overrides(self) -> list[Any]:
        told = self.told.get("override", [])
        if not isinstance(told, list):
            raise self._wrong("override", "each override begins with [[override]].")
        return told

    def _check_names(self, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for name in table:
            if name not in known:
                raise self._wrong(name, f"{clean(name, 40)} is not known here; {', '.join(known)} are.")

    def _number(self, table: Mapping[str, Any], name: str, otherwise: Decimal, most: int = MOST) -> Decimal:
        value = table.get(name, otherwise)
        number = Decimal(str(value)) if isinstance(value, int | float | Decimal) and value is not True else None
        if number is None or not number.is_finite() or not 0 <= number <= most:
            raise self._wrong(name, f"{clean(name, 60)} is a number from 0 to {most:,}.")
        return number

    def _extension(self, name: str, value: Any) -> datetime | Decimal:
        if isinstance(value, datetime):
            return value
        if isinstance(value, int | float) and value is not True:
            return self._number({name: value}, name, Decimal(0))
        raise self._wrong(name, "an extension is a number of days, or a date with a time.")

    def _time(self, name: str, value: Any) -> datetime:
        if not isinstance(value, datetime):
            raise self._wrong(name, "a hand-in time is a date with a time.")
        return value

    def _override(self, number: int, told: Any) -> Override:
        begins = [line for line, text in enumerate(self.lines, 1) if re.match(r"\s*\[\[\s*override\s*\]\]", text)]
        line = begins[number] if number < len(begins) else self._line("override")
        where = Rules(self.file)
        if not isinstance(told, dict) or set(told) - set(OVERRIDE):
            raise where.wrong(line, f"an override has {', '.join(OVERRIDE)}, and nothing else.")
        texts = {name: told.get(name, "") for name in ("student", "reason", "exercise")}
        for name in ("student", "reason"):
            if not isinstance(texts[name], str) or not texts[name].strip():
                raise where.wrong(line, f'an override needs {name} = "...".')
        if "points" not in told:
            raise where.wrong(line, "an override needs points = a number.")
        points = self._number(told, "points", Decimal(0))
        return Override(texts["student"], points, clean(texts["reason"], 300), str(texts["exercise"]), line)

    def _line(self, name: str) -> int:
        """The first line that gives this name a value, or opens the table of this name."""
        begins = re.compile(rf"""\s*(?:\[+\s*)?["']?{re.escape(name)}["']?\s*(?:=|\])""")
        found = [line for line, text in enumerate(self.lines, 1) if begins.match(text)]
        return found[0] if found else 1

    def _wrong(self, name: str, what: str) -> UsageError:
        return Rules(self.file).wrong(self._line(name.strip("[]")), what)
