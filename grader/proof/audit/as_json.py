"""An audit as data, schema zero-to-hero/audit/1."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from grader.proof.audit.record import Mistake, Proof
from grader.proof.edits.telling import survey_data

SCHEMA = "zero-to-hero/audit/1"


def audit_data(proofs: Sequence[Proof]) -> dict[str, Any]:
    """The document. A margin that nothing limits is null."""
    return {
        "schema": SCHEMA,
        "sound": not any(proof.holes for proof in proofs),
        "lectures": [_lecture(proof) for proof in proofs],
    }


def _lecture(proof: Proof) -> dict[str, Any]:
    return {
        "lecture": proof.lecture,
        "isolation": proof.isolation,
        "exercises": proof.exercises,
        "checks": proof.checks,
        "points": proof.points,
        "stubs": proof.stubs and asdict(proof.stubs),
        "reference": proof.reference,
        "alternatives": [asdict(one) for one in proof.alternatives],
        "misconceptions": [_mistake(one) for one in proof.mistakes],
        "named": proof.named,
        "confused": proof.confused,
        "in_other_hands": proof.in_other_hands,
        "tolerances": [
            {"probe": room.probe, "widest": _number(room.widest), "nearest": _number(room.nearest)}
            for room in proof.tolerances
        ],
        "margins": {"below": _number(proof.below), "above": _number(proof.above)},
        "mutants": _mutants(proof),
        "edits_in_other_hands": proof.edits and survey_data(proof.edits),
        "seconds": round(proof.seconds, 1),
        "holes": proof.holes,
    }


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "id": mistake.id,
        "named": mistake.is_named,
        "ways": [{"lost": w.lost, "public": list(w.public), "all": list(w.everything)} for w in mistake.ways],
    }


def _mutants(proof: Proof) -> dict[str, Any] | None:
    survey = proof.survey
    if survey is None:
        return None
    kinds = Counter(survey.kind(outcome) for outcome in survey.outcomes)
    return {
        "made": len(survey.mutants),
        "tried": len(survey.outcomes),
        **{kind: kinds[kind] for kind in ("public", "hidden", "equivalent", "survived")},
        "seconds": round(survey.seconds, 1),
    }


def _number(value: float | None) -> float | None:
    """JSON has no infinity."""
    return value if value is not None and math.isfinite(value) else None
