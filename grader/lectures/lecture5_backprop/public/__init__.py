"""Lecture 5, public checks: small numbers to be followed with pencil and paper, and the shapes of the lecture."""
