"""Lecture 9, hidden checks: the same on fresh inputs, drawn from the class seed."""
