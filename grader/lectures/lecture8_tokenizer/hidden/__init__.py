"""Lecture 8, hidden checks: the same on fresh texts, drawn from the class seed."""
