"""What a student kit keeps of a copy: what it gives to each question by itself."""

from grader.course import reference_sources
from grader.inside.probes import lecture1_micrograd as probes
from grader.judging.subjects import Misconceived
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
