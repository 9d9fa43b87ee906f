"""%check, %hint and %draw: what was run is handed to a command, and what that writes is shown below the cell.

This runs in the student's own process. It imports nothing that judges; the command does, in a process of its own.
"""

import base64
import os
import shlex
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from typing import Any

from grader.desk.notebooks.history import Run, as_notebook, newest
from grader.desk.notebooks.modules import CellModules

MISSING = "In a notebook this needs IPython, which is not installed: pip install ipython"
INSTALLED = "grader_magics"
COLUMNS = "90"


class Magics:
    """The magics of one running notebook, and what is known of the cells that were run in it."""

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.ids: dict[int, str] = {}
        self.stopped: set[int] = set()

        shell.events.register("pre_run_cell", self._begins)
        shell.events.register("post_run_cell", self._ends)

    def install(self) -> None:
        """Make the magics known, and let modules be imported that are cells."""
        for magic in (self.check, self.hint, self.draw):
            self.shell.register_magic_function(magic, "line", magic.__name__)
        CellModules(self.shell.user_ns, lambda: {run.mark for run in self.runs()}).install()

    def _begins(self, info: Any) -> None:
        if getattr(info, "cell_id", None) and info.store_history:
            number = len(self.shell.history_manager.input_hist_raw)  # it is not among them yet; the first is none
            self.ids[number] = str(info.cell_id)

    def _ends(self, result: Any) -> None:
        if result.execution_count and not result.success:
            self.stopped.add(result.execution_count)

    def runs(self) -> list[Run]:
        """All that was run, from the notebook's own history."""
        texts = enumerate(self.shell.history_manager.input_hist_raw)
        return [Run(at, self.ids.get(at), text, at not in self.stopped) for at, text in texts if at and text.strip()]

    def check(self, line: str) -> None:
        """Check an exercise, or all of this notebook: %check EXERCISE"""
        with tempfile.TemporaryDirectory(prefix="grader-") as folder:
            page = Path(folder) / "page.html"
            again = "--replay" in line or "--json" in line
            text = self._asked(folder, "check", *shlex.split(line), *([] if again else ["--html", str(page)]))
            _show(text, page.read_text(encoding="utf-8") if page.is_file() else "")

    def hint(self, line: str) -> None:
        """A hint for an exercise, and the next one with every call: %hint EXERCISE"""
        with tempfile.TemporaryDirectory(prefix="grader-") as folder:
            text = self._asked(folder, "hint", *shlex.split(line))
            _show(text.replace("grader hint", "%hint").replace("grader check", "%check"), "")

    def draw(self, line: str) -> None:
        """Draw an expression through your engine, or the pictures of a lecture: %draw 2"""
        with tempfile.TemporaryDirectory(prefix="grader-") as folder:
            words = shlex.split(line)
            text = self._asked(folder, "draw", *words, cwd=folder)
            pictures = sorted(Path(folder).rglob("*.png")) or sorted(Path(folder).rglob("*.svg"))
            _show(text.replace(f"{folder}/", ""), "".join(map(_figure, pictures)))

    def _asked(self, folder: str, *words: str, cwd: str | None = None) -> str:
        """What the command says of the cells as they were run last, in a process of its own."""
        cells = Path(folder) / "cells.ipynb"
        cells.write_text(as_notebook(newest(self.runs())), encoding="utf-8")
        command = [sys.executable, "-P", "-m", "grader", "-C", os.getcwd(), "--cells", str(cells), *words]
        kept = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}  # that of the notebook
        plain = {**kept, "COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
        done = subprocess.run(
            command, cwd=cwd, env=plain, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False
        )
        return f"{done.stdout}{done.stderr}".strip("\n")


def _figure(picture: Path) -> str:
    kind = "png" if picture.suffix == ".png" else "svg+xml"
    data = base64.b64encode(picture.read_bytes()).decode()
    look = "max-width: 100%; background: #fff"
    return f'<figure><img style="{look}" alt="{picture.stem}" src="data:image/{kind};base64,{data}"></figure>'


def _show(text: str, page: str) -> None:
    """The page where pages are shown, the text elsewhere."""
    from IPython.display import display

    preformatted = f'<pre style="white-space: pre-wrap">{escape(text)}</pre>'
    shown = page if page.startswith("<div") else preformatted + page
    display({"text/plain": text, "text/html": shown}, raw=True)  # type: ignore[no-untyped-call]


def load(shell: Any) -> None:
    """Install the magics in a notebook. Raises ImportError with one sentence where IPython is missing."""
    try:
        import IPython  # noqa: F401
    except ImportError:
        raise ImportError(MISSING) from None
    if not hasattr(shell, INSTALLED):  # what is known of the cells outlives a second loading
        setattr(shell, INSTALLED, Magics(shell))
    getattr(shell, INSTALLED).install()
