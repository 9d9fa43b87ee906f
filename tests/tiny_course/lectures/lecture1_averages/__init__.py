"""What judges the tiny course."""
