"""The student kit: everything that a student needs, with what our solution gave in the place of our solution."""
