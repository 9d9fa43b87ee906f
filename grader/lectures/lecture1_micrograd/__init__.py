"""What judges lecture 1, micrograd."""
