"""What resembles a known mistake of lecture 7 and is not it."""

from near_misses.lecture7_gpt import attention, blocks, exercises, models, texts

NEAR_MISSES = {
    **texts.NEAR_MISSES,
    **attention.NEAR_MISSES,
    **blocks.NEAR_MISSES,
    **models.NEAR_MISSES,
    **exercises.NEAR_MISSES,
}
