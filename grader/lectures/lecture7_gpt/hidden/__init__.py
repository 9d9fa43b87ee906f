"""Lecture 7, hidden checks: the same on fresh inputs, drawn from the class seed."""
