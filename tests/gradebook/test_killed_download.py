"""A run on a platform's download that is killed while a student's files are being put down: nothing is lost or left."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

from gradebook_kit import ONE_FILE, SEED, graded, table

from grader.office.gradebook import BOOK
from grader.office.gradebook.marks_folder import SCRATCH

# as `kill -9` would: at the second student, in the middle of putting the files down
KILLED = f"""
import os, signal, sys
from pathlib import Path
from grader.office import gradebook
from grader.office.intake import hand_ins

put, seen = hand_ins.HandIn._put_into, []

def and_die(self, place):
    seen.append(self)
    if len(seen) == 2:
        (place / "half.py").write_text("x")
        os.kill(os.getpid(), signal.SIGKILL)
    return put(self, place)

hand_ins.HandIn._put_into = and_die
gradebook.grade(Path("submissions.zip"), Path("marks"), None, 1, {SEED}, lambda row: None)
"""


def download(place: Path) -> Path:
    with zipfile.ZipFile(place / "submissions.zip", "w") as archive:
        for number, name in enumerate(("lovelaceada", "turingalan", "noetheremmy")):
            text = ONE_FILE["derivatives.py"] + f"# {name}\n"
            archive.writestr(f"{name}_{number + 1}_{number + 70}_derivatives.py", text)
    return place / "submissions.zip"


def test_a_kill_in_the_middle_of_a_download_loses_nothing(tmp_path):
    """What was marked stands, the same command finishes the class, and no half of a hand-in is left anywhere."""
    inbox, scratch = download(tmp_path), tmp_path / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    done = subprocess.run([sys.executable, "-c", KILLED], cwd=tmp_path, env=environment, check=False)
    assert done.returncode == -9
    assert len(list(scratch.glob(f"{SCRATCH}*/hand-in-*/half.py"))) == 1
    assert not (tmp_path / "marks" / BOOK).exists()
    rows = graded(inbox, tmp_path / "marks")
    assert [row.reused for row in rows.values()] == [True, False, False]
    assert list(scratch.iterdir()) == []
    graded(inbox, tmp_path / "other")
    assert table(tmp_path / "marks") == table(tmp_path / "other")
