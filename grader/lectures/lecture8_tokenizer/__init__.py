"""What judges lecture 8, the tokenizer."""
