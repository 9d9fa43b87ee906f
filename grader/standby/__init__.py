"""A process that stands by: it has imported what is slow, and carries out the next `grader check` at once.

`ask` is all that a command imports of it. The process itself ends when it has not been asked for ten minutes. It is on
the trusted side, as the command is; a student's code runs in the workers of a warm process, as ever.
"""
