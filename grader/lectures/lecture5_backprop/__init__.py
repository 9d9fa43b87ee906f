"""What judges lecture 5, backpropagation by hand."""
