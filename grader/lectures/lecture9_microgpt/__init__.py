"""What judges lecture 9, microgpt."""
