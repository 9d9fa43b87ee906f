"""Lecture 8, public checks: the lecture's own example, and the smallest texts on which a mistake shows."""
