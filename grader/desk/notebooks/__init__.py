"""Exercises in a notebook: what runs in the student's own process, and what a check shows there.

A notebook runs its student's code in a process of its own, and no expected value ever gets there: the magics hand the
text of the cells to a command, which judges as always, and show what it writes.
"""
