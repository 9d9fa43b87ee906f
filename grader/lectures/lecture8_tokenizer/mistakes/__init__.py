"""The known mistakes of lecture 8."""

MISCONCEPTIONS = ()
