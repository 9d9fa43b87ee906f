"""What judges lecture 4, batch norm."""
