"""The known mistakes of lecture 7, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture7_gpt.mistakes import blocks, exercises, heads, masks, models, texts

MISCONCEPTIONS = (
    *texts.MISCONCEPTIONS,
    *masks.MISCONCEPTIONS,
    *heads.MISCONCEPTIONS,
    *blocks.MISCONCEPTIONS,
    *models.MISCONCEPTIONS,
    *exercises.MISCONCEPTIONS,
)
