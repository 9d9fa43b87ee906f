"""What judges each lecture, a folder for each: checks, known mistakes, pictures, harmless mutants.

A lecture's exercises and statements stand in `exercises/`, its solutions in `reference/`, and its probes, since they
run beside student code, in `grader/inside/probes/`.
"""
