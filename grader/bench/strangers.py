"""Submissions of strangers for the first lecture. What each deserves is known: right, wrong, half done, hostile.

The honest ones are the golden submissions in other hands. The hostile ones do their deed in one file, or are packages
that nobody should open. Nothing here endangers the machine: what multiplies, stops by itself.
"""

import io
import itertools
import os
import stat
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course import PROJECT, Lecture, load, reference_sources
from grader.inside.levels import NAMESPACES
from grader.office.gradebook import GRADED, REJECTED
from grader.proof.audit import alternatives
from grader.submission import MANIFEST, packing

GOLDEN = PROJECT / "tests" / "submissions"
MISTAKEN = (
    "overwrites_grad", "product_rule_own_data", "tanh_from_input", "forgets_zero_grad", "neuron_without_bias",
    "overwrites_grad_in_exp_only", "returns_float_instead_of_value", "returns_nan", "returns_none", "two_mistakes",
    "unknown_mistake", "wrong_topological_order", "number_not_wrapped",
)  # fmt: skip
HALF_DONE = ("half_done", "missing_file", "untouched_stub", "raises_on_import", "syntax_error")
VICTIM = "softmax.py"  # the file that hostile code stands in; nothing else needs it

# what ends or stops the process that imports it: its own file is lost, and no other
ENDS = {
    "loops": "while True:\n    pass\n",
    "loops and catches everything": """
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
""",
    "leaves": "import os\nos._exit(0)\n",
    "asks to leave": "raise SystemExit(0)\n",
    "interrupts": "raise KeyboardInterrupt\n",
    "kills itself": "import os\nos.kill(os.getpid(), 9)\n",
    "kills its parent": "import os\ntry:\n    os.kill(os.getppid(), 9)\nexcept OSError:\n    pass\nos._exit(1)\n",
    "crashes": "import ctypes\nctypes.string_at(0)\n",
    "recurses": "import sys\nsys.setrecursionlimit(10**9)\ndef down(n):\n    return down(n + 1) + 1\ndown(0)\n",
    "closes everything": "import os\nos.closerange(0, 256)\n",
    "forges answers": """
import json, os, struct
for id in range(300):
    head = json.dumps({"d": [["kind", "returned"], ["id", id]]}).encode()
    for part in (head, b"0.0"):
        os.write(4, struct.pack("<I", len(part)) + part)
os._exit(0)
""",
    "claims a huge answer": "import os\nos.write(4, b'\\xff' * 64)\nos._exit(0)\n",
    "takes all memory": "hoard = []\nwhile True:\n    hoard.append(bytearray(1 << 26))\n",
    "prints without end": "while True:\n    print('x' * 1000)\n",
}
# what does its deed once for each process, and is right afterwards
ONCE = """
import os
try:
    if not os.path.exists("done"):
        open("done", "w").close()
{deed}except (OSError, RuntimeError, MemoryError):
    pass
"""
GOES_ON = {
    "leaves children": """
for _ in range(40):
    if os.fork() == 0:
        try:
            os.setsid()
            os.execlp("sleep", "sleep", "900")
        finally:
            os._exit(0)
""",
    "leaves a daemon": """
if os.fork() == 0:
    try:
        os.setsid()
        if os.fork() == 0:
            os.execlp("sleep", "sleep", "900")
    finally:
        os._exit(0)
""",
    "floods the disk": """
for n in range(40):
    with open(f"flood{n}", "wb") as file:
        file.write(bytes(1 << 19))
""",
    "digs deep": "for _ in range(300):\n    os.mkdir('d')\n    os.chdir('d')\n",
    "prints a lot": "for _ in range(50):\n    print('x' * 100_000)\n",
    "hoards": "hoard = []\nwhile True:\n    hoard.append(bytearray(1 << 26))\n",
    "ignores signals": "import signal\nfor n in (1, 2, 13, 14, 15):\n    signal.signal(n, signal.SIG_IGN)\n",
    "starts threads": """
import threading, time
for _ in range(20):
    threading.Thread(target=time.sleep, args=(900,), daemon=True).start()
""",
    "removes its folder": "os.remove('done')\nos.rmdir(os.getcwd())\n",
}
COUNTED_BY_US = ("floods the disk", "digs deep")  # we end the process that does it


@dataclass(frozen=True)
class Stranger:
    """One entry for an inbox: its name, what it deserves, and how it is put there."""

    student: str
    kind: str
    status: str
    score: int | None
    put: Callable[[Path], None]


def strangers(count: int, hostile: int, level: str) -> Iterator[Stranger]:
    """So many entries, all different, `hostile` of them hostile and spread evenly."""
    lecture = load().lectures[0]
    honest = itertools.cycle(_honest(lecture))
    deeds = itertools.cycle(_hostile(lecture, level))
    for number in range(count):
        student = f"s{number:04}"
        if (number + 1) * hostile // count > number * hostile // count:
            yield next(deeds)(student)
        else:
            yield next(honest)(student)


def _honest(lecture: Lecture) -> list[Callable[[str], Stranger]]:
    """About half of them right, in other hands; the others wrong or half done, with the scores of the golden ones."""
    right = [(s.student, s.sources(), lecture.points) for s in alternatives(lecture, load())]
    often = right * max(1, len((*MISTAKEN, *HALF_DONE)) // len(right))

    def entry(kind: str, files: dict[str, str], score: int) -> Callable[[str], Stranger]:
        return lambda student: Stranger(student, kind, GRADED, score, _packed(student, files, lecture))

    return [entry(*one) for one in (*often, *(_golden(situation, lecture) for situation in (*MISTAKEN, *HALF_DONE)))]


def _golden(situation: str, lecture: Lecture) -> tuple[str, dict[str, str], int]:
    """A golden submission: its name, its files, its score."""
    folder = GOLDEN / lecture.id / situation
    about = tomllib.loads((folder / "about.toml").read_text(encoding="utf-8"))
    files = {name: (folder / name).read_text(encoding="utf-8") for name in lecture.files if (folder / name).is_file()}
    return situation, files, about["score"]


def _packed(student: str, files: dict[str, str], lecture: Lecture) -> Callable[[Path], None]:
    """As `grader pack` would have it; a last line makes the files nobody else's."""

    def put(inbox: Path) -> None:
        included = {name: f"{text}# {student}\n".encode() for name, text in files.items()}
        data = packing.build(packing.Choice(lecture, included, (), ()), load(), student)
        (inbox / f"{lecture.id}-{student}.zip").write_bytes(data)

    return put


def _hostile(lecture: Lecture, level: str) -> list[Callable[[str], Stranger]]:
    """Code and packages in turn, so that few are of every sort."""
    solution = reference_sources(lecture)
    lost = sum(exercise.points for exercise in lecture.exercises if exercise.file == VICTIM)
    codes = [(kind, lecture.points - lost, deed) for kind, deed in ENDS.items()]
    counted = COUNTED_BY_US if level != NAMESPACES else ()  # there the kernel refuses, and the deed gives up
    for kind, deed in GOES_ON.items():
        codes.append((kind, lecture.points - lost * (kind in counted), ONCE.format(deed=_indented(deed))))

    def by_code(kind: str, score: int, deed: str) -> Callable[[str], Stranger]:
        files = {**solution, VICTIM: f"{deed}{solution[VICTIM]}"}
        return lambda student: Stranger(student, kind, GRADED, score, _packed(student, files, lecture))

    def by_package(kind: str, put: Callable[[Path, str], None]) -> Callable[[str], Stranger]:
        return lambda student: Stranger(student, kind, REJECTED, None, lambda inbox: put(inbox, student))

    made = [[by_code(*code) for code in codes], [by_package(*package) for package in PACKAGES.items()]]
    return [one for pair in itertools.zip_longest(*made) for one in pair if one]


def _indented(deed: str) -> str:
    return "".join(f"        {line}\n" for line in deed.strip().splitlines())


def _zip(entries: list[tuple[str, bytes]], mode: int = 0o100644, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr, entry.compress_type = mode << 16, method
            archive.writestr(entry, data)
    return buffer.getvalue()


def _file(data: bytes) -> Callable[[Path, str], None]:
    def put(inbox: Path, student: str) -> None:
        (inbox / f"{student}.zip").write_bytes(data)

    return put


def _sparse(inbox: Path, student: str) -> None:
    with (inbox / f"{student}.zip").open("wb") as file:
        file.truncate(1 << 34)


def _folder_of_links(inbox: Path, student: str) -> None:
    (inbox / student).mkdir()
    (inbox / student / "engine.py").symlink_to("/etc/passwd")


PACKAGES: dict[str, Callable[[Path, str], None]] = {
    "no bytes": _file(b""),
    "noise": _file(bytes(range(256)) * 20),
    "torn": _file(_zip([("engine.py", b"x = 1\n" * 1000)])[:100]),
    "a bomb": _file(_zip([("engine.py", bytes(900_000))])),
    "many files": _file(_zip([(f"engine{n}.py", b"") for n in range(500)])),
    "climbs": _file(_zip([("../engine.py", b"")])),
    "from the root": _file(_zip([("/etc/engine.py", b"")])),
    "a link in a zip": _file(_zip([("engine.py", b"/etc/passwd")], stat.S_IFLNK | 0o777)),
    "a device in a zip": _file(_zip([("engine.py", b"")], stat.S_IFCHR | 0o666)),
    "two of a name": _file(_zip([("engine.py", b"x = 1\n"), ("Engine.py", b"x = 2\n")])),
    "another packing": _file(_zip([("engine.py", b"x = 1\n")], method=zipfile.ZIP_LZMA)),
    "a deep manifest": _file(_zip([("engine.py", b""), (MANIFEST, b"[" * 100_000)])),
    "a lying manifest": _file(_zip([("engine.py", b""), (MANIFEST, b'{"files": {"engine.py": "0"}}')])),
    "a manifest that is no object": _file(_zip([("engine.py", b""), (MANIFEST, b"[]")])),
    "16 GB of nothing": _sparse,
    "a pipe": lambda inbox, student: os.mkfifo(inbox / f"{student}.zip"),
    "a link": lambda inbox, student: (inbox / student).symlink_to("/etc"),
    "a folder of links": _folder_of_links,
    "an empty folder": lambda inbox, student: (inbox / student).mkdir(),
}
