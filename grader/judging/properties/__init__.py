"""What must hold for all inputs: how inputs are made up from choices, and where the smallest that fail are sought.

All of it runs on the trusted side. A suite says `for_all(probe, programs("x + y"))`; see grader.judging.tried_test.
"""

from grader.judging.properties.arrays import any_of, arrays, indices, numbers, shape, size
from grader.judging.properties.choices import POOL, WIDER, Choices, Inputs, pool
from grader.judging.properties.programs import programs
from grader.judging.properties.simple import candidates
from grader.judging.properties.texts import texts

__all__ = [
    "POOL",
    "WIDER",
    "Choices",
    "Inputs",
    "any_of",
    "arrays",
    "candidates",
    "indices",
    "numbers",
    "pool",
    "programs",
    "shape",
    "size",
    "texts",
]
