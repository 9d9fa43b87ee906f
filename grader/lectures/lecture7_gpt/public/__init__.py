"""Lecture 7, public checks: the lecture's own numbers."""
