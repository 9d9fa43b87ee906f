"""What judges lecture 7, a GPT and what it is made of."""
