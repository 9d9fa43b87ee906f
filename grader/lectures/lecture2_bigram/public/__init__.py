"""Lecture 2, public checks: the lecture's own examples, and the smallest cases that show a mistake."""
