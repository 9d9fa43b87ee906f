"""Two plain results compared: the first step in which they part, by how much, and after which pattern if that is exact.

Nothing here imports numpy before two arrays are to be compared.
"""

from grader.inside.arrays import numbers
from grader.judging.comparison.difference import Difference, Spread, distance, first_difference, unlike
from grader.judging.comparison.patterns import pattern
from grader.judging.comparison.shown import show

__all__ = ["Difference", "Spread", "distance", "first_difference", "numbers", "pattern", "show", "unlike"]
