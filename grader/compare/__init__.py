"""Two plain results compared: the first step in which they part, by how much, and after which pattern if that is exact.

Nothing here imports numpy before two arrays are to be compared.
"""

from grader.compare.difference import Difference, Spread, distance, first_difference, unlike
from grader.compare.numbers import numbers
from grader.compare.patterns import pattern
from grader.compare.shown import show

__all__ = ["Difference", "Spread", "distance", "first_difference", "numbers", "pattern", "show", "unlike"]
