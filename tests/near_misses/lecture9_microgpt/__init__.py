"""What resembles a known mistake of lecture 9 and is not it."""

from near_misses.lecture9_microgpt import blocks, counting, gpt, training

NEAR_MISSES = {**counting.NEAR_MISSES, **blocks.NEAR_MISSES, **gpt.NEAR_MISSES, **training.NEAR_MISSES}
