"""The proof that a course is sound, and what it does not know yet."""
