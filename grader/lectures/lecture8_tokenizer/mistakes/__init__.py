"""The known mistakes of lecture 8, each as the smallest edit of our solution that makes it."""

from grader.lectures.lecture8_tokenizer.mistakes import chunks, coding, further, pairs, special, tables, training

MISCONCEPTIONS = (
    *pairs.MISCONCEPTIONS,
    *training.MISCONCEPTIONS,
    *coding.MISCONCEPTIONS,
    *chunks.MISCONCEPTIONS,
    *special.MISCONCEPTIONS,
    *tables.MISCONCEPTIONS,
    *further.MISCONCEPTIONS,
)
