"""What judges lecture 3, the MLP."""
