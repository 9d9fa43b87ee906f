"""Lecture 9, public checks: small numbers that can be followed by hand, and the sizes that the author chose."""
