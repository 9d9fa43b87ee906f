"""Lecture 6, hidden checks: the same on fresh inputs, drawn from the class seed."""
