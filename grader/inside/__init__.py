"""All that may run beside a student's code: it measures, and knows no answer.

This folder and a course's probes are all of the kit that a worker ever sees. Nothing in here imports anything of the
kit from outside, and of other packages numpy and torch alone.
"""
