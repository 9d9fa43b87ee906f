"""What resembles a known mistake of lecture 8 and is not it."""

from near_misses.lecture8_tokenizer import coding, further, pairs, special

NEAR_MISSES = {**pairs.NEAR_MISSES, **coding.NEAR_MISSES, **special.NEAR_MISSES, **further.NEAR_MISSES}
