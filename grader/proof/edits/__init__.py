"""Edits of correct solutions in other hands: each is found, and nobody is led to a place where nothing is wrong.

Nothing is tuned to this measure: `making` makes the edits with a library that the recogniser does not use, in code that
it has not seen. `judging` judges each as `grader check` does, `survey` holds what came of them, and `telling` tells it.
"""
