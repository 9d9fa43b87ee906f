"""What judges lecture 6, the WaveNet."""
