"""What whoever does the exercises sees: where they stand, what to do next, their code in pictures."""
