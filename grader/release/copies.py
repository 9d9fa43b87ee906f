"""A wrong copy of our solution observed: on what it may change, in a worker, many questions at once."""

from collections.abc import Mapping, Sequence

from grader.course import Lecture, places, reference_sources
from grader.inside.probe import Probe
from grader.judging.our_solution import Function
from grader.judging.subjects import Subject
from grader.judging.workshop import Workshop
from grader.release.questions import Group
from grader.release.tables import Given, observe_group
from grader.sandbox.observation import DIED, TIMED_OUT, Observation

LOST = Observation(TIMED_OUT)
Files = Mapping[str, str]


class Copies:
    """Where the wrong copies of a lecture's solution are tried."""

    def __init__(self, lecture: Lecture, groups: Sequence[Group]) -> None:
        self.workshop = Workshop(lecture)
        self.sources = reference_sources(lecture)
        self.groups = groups

    def gave(self, edited: Files, touched: set[Function] | None, patient: bool) -> dict[Group, Given]:
        """What it gives to every group in which our solution runs one of the functions that are touched (None: all).

        Of a measurement that watches the lines itself it is not known what runs: it is always asked. Who is not
        `patient` asks a copy that does not come back no more.
        """
        found: dict[Group, Given] = {}
        for group in self.groups:
            if touched is None or not group.ran or touched & group.ran:
                found[group] = self._asked(_Copy(self.workshop, edited, patient), group, patient)
                if not patient and LOST in found[group]:
                    left = self.groups[self.groups.index(group) + 1 :]
                    return {**found, **{other: [LOST] * len(other.inputs) for other in left}}
        return found

    def _asked(self, copy: Subject, group: Group, patient: bool) -> Given:
        given = observe_group(copy, group)
        if patient and len(given) > 1 and given[0].kind in (TIMED_OUT, DIED):
            given = [copy.observe(group.probe, one) for one in group.inputs]
        return [LOST if one.kind in (TIMED_OUT, DIED) else one for one in given]

    def touched(self, edited: Files) -> set[Function] | None:
        """The functions that read otherwise; None if something else does."""
        found: set[Function] = set()
        for file, text in edited.items():
            before, after = (_in_functions(source) for source in (self.sources[file], text))
            if before.pop("") != after.pop("") or before.keys() != after.keys():
                return None
            found |= {(file, name) for name in before if before[name] != after[name]}
        return found


class _Copy:
    """Our solution with some files otherwise. A known mistake may be that it takes long: who is `patient` waits."""

    def __init__(self, workshop: Workshop, edited: Files, patient: bool) -> None:
        self.workshop = workshop
        self.edited = edited
        self.patient = patient

    def observe(self, probe: Probe, inputs: Mapping[str, object]) -> Observation:
        return self.workshop.observe(self.edited, probe, inputs, in_full=self.patient)


def _in_functions(source: str) -> dict[str, str]:
    """The text of each function by its name, and, without a name, of all the rest."""
    lines = source.splitlines()
    spans = places.spans(source)
    found = {name: "\n".join(lines[first - 1 : last]) for name, (first, last) in spans.items()}
    inside = {n for first, last in spans.values() for n in range(first, last + 1)}
    return {**found, "": "\n".join(line for n, line in enumerate(lines, 1) if n not in inside)}
