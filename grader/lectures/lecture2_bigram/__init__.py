"""What judges lecture 2, bigrams."""
