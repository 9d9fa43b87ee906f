"""Lecture 1, hidden checks: the same laws on fresh inputs, and what only larger cases show."""
