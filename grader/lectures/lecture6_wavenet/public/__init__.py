"""Lecture 6, public checks: the lecture's own numbers, and the smallest cases that show a mistake."""
