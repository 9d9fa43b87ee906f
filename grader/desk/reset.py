"""An exercise begun anew: the stub's function in the place of the student's, and a copy of the file as it was."""

import re
from dataclasses import dataclass
from pathlib import Path

from grader.course import Exercise, load, places
from grader.course.kept_copies import keep_copy, read_if_there
from grader.course.pieces import BODY, HEAD, pieces_of
from grader.course.stubs import stubs_of
from grader.course.upgrade import as_it_was_written
from grader.course.whole_files import write_whole
from grader.desk.progress import Progress
from grader.errors import UsageError
from grader.submission import text_of


@dataclass(frozen=True)
class Reset:
    """A file of the course folder, as it is and as it will be; the functions that begin anew."""

    name: str
    before: bytes
    after: bytes
    functions: list[str]

    def carry_out(self, root: Path) -> str:
        """Put the file aside, then write the new one; returns where the copy lies."""
        place = keep_copy(root, self.name, self.before)
        write_whole(root / self.name, self.after)
        return place


def reset_of(exercise: Exercise, progress: Progress) -> Reset | None:
    """What would be done; None if the stub still stands there. Raises UsageError if it cannot be told apart."""
    name = f"{exercise.lecture}/{exercise.file}"
    before = read_if_there(progress.root / name)
    if exercise.is_data:
        raise UsageError(f"{exercise.id} has no stub: what is handed in for it is the file {name}.")
    if progress.is_in_notebook(exercise):
        raise UsageError(
            f"{exercise.id} is written in a notebook, which may be open. Its cell as it was handed out stands in a new "
            "one: grader stubs --notebook --to ANOTHER-FOLDER"
        )
    if before is None:
        raise UsageError(f"{name} is not there. This writes what is missing: grader stubs --to {progress.root}")
    stub, text = stubs_of(load().lecture(exercise.lecture))[exercise.file], _text(before, name)
    functions = places.functions_of(exercise)
    after = text
    for function in functions:
        after = _exchanged(after, stub, function, exercise)
    return Reset(name, before, as_it_was_written(after, before), functions) if after != text else None


def _text(data: bytes, name: str) -> str:
    try:
        data.decode()
    except UnicodeDecodeError:
        raise UsageError(f"{name} is not UTF-8. Save it as UTF-8 in your editor, and run this again.") from None
    return text_of(data)


def _exchanged(text: str, stub: str, function: str, exercise: Exercise) -> str:
    """The text with the stub's function in the place of this one; where there is none, at the end of its class."""
    new = "".join(piece.proper for piece in pieces_of(stub) or [] if piece.owner == function)
    pieces = pieces_of(text)
    if pieces is None:
        return _exchanged_by_lines(text, new, function, exercise)
    mine = [at for at, piece in enumerate(pieces) if _is_of(piece.name, function)]
    parts = [piece.text for piece in pieces]
    if not mine:
        return _with_missing(text, stub, exercise)
    parts[mine[0]] = pieces[mine[0]].above + new
    return "".join(part for at, part in enumerate(parts) if at not in mine[1:])


def _is_of(name: str, function: str) -> bool:
    """Whether a piece belongs to the function, also where it is defined twice."""
    return re.fullmatch(rf"{re.escape(function)}(?:{HEAD}|{BODY})(?: \d+)?", name) is not None


def _with_missing(text: str, stub: str, exercise: Exercise) -> str:
    """With what the stub has and the text has not: the same that brings a course folder up to date."""
    from grader.course.merging import Merge, merged

    merge = merged(text, None, stub)
    if not isinstance(merge, Merge) or merge.text == text:
        raise _unclear(exercise)
    return merge.text


def _exchanged_by_lines(text: str, new: str, function: str, exercise: Exercise) -> str:
    """The same in a text that is no Python now: from the line that begins the function to where its like begins."""
    lines, name = text.split("\n"), function.rpartition(".")[2]
    starts = [at for at, line in enumerate(lines) if re.match(rf"\s*def {name}\b", line)]
    if len(starts) != 1:
        raise _unclear(exercise)
    (start,) = starts
    depth = len(lines[start]) - len(lines[start].lstrip())
    ends = (at for at, line in enumerate(lines) if at > start and _begins_another(line, depth))
    end = next(ends, len(lines))
    kept = lines[start:end]
    below = len(kept) - len("\n".join(kept).rstrip("\n").split("\n"))  # empty lines above what follows
    return "\n".join([*lines[:start], *new.strip("\n").split("\n"), *[""] * below, *lines[end:]])


def _begins_another(line: str, depth: int) -> bool:
    """Whether a statement begins here, no deeper than that; a bracket that closes begins none."""
    found = re.match(r"( *)[A-Za-z_@]", line)
    return found is not None and len(found[1]) <= depth


def _unclear(exercise: Exercise) -> UsageError:
    name = f"{exercise.lecture}/{exercise.file}"
    return UsageError(
        f"Where {exercise.id} begins and ends cannot be told in {name}. To begin the whole file anew, move yours away "
        "and write the stubs: grader stubs --to FOLDER"
    )
