"""What a student kit keeps of a copy: what it gives to each question by itself."""

import random
import zipfile

from grader.course import reference_sources
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.subjects import Misconceived
from grader.release import tree
from grader.release.questions import Group
from grader.release.tables import observe_group
from grader.sandbox.observation import Asked

QUESTIONS = tuple(Asked(program="c = a + b", at={"a": float(n), "b": 3.5}) for n in range(3))


def test_each_question_is_put_to_a_copy_as_if_it_were_alone(lecture):
    """What a copy keeps from one question to the next makes no other answer of that, though all are put at once."""
    text = reference_sources(lecture)["engine.py"]
    remembers = text.replace("self.data = data", "self.data = data + len(seen)\n        seen.append(1)")
    copy = Misconceived(lecture, {"engine.py": f"seen = []\n{remembers}"})
    alone = [copy.observe(probes.values, one) for one in QUESTIONS]
    assert [one.kind for one in alone] == ["returned"] * 3
    assert observe_group(copy, Group(probes.values, QUESTIONS)) == alone


def test_a_recording_that_is_too_large_leaves_out_made_mistakes(lecture, tmp_path, monkeypatch):
    """Those in copies first, of these the largest; never what is expected, nor what known mistakes give."""
    noise = {n: random.Random(n).randbytes(n) for n in (3000, 4000, 5000)}
    kept = {"ours": {"a": 1}, "known": {"mistakes": [], "table": {}}}
    made = {"slips-a": noise[5000], "slips-b": noise[3000], "copies-a": noise[3000], "copies-b": noise[4000]}
    for largest, left in ((20_000, set(made)), (12_500, set(made) - {"copies-b"}), (4_000, {"slips-b"}), (900, set())):
        monkeypatch.setattr(tree, "LARGEST", largest)
        size = tree._small(tmp_path, lecture, {**kept, **made})
        with zipfile.ZipFile(tmp_path / f"{lecture.id}.zip") as opened:
            assert set(opened.namelist()) == {*kept, *left}
        assert size == (tmp_path / f"{lecture.id}.zip").stat().st_size < largest
