"""What judges each lecture, a folder for each: checks, known mistakes, pictures, harmless mutants.

What is longer than a page or two is a folder in place of a file, with a file for each module of the student's or for
each topic; `shared.py` is what several of them need.

A lecture's exercises and statements stand in `exercises/`, its solutions in `reference/`, and its probes, since they
run beside student code, in `grader/inside/probes/`.
"""
