"""The known mistakes of lecture 4, each as the smallest edit of our solution that makes it."""

MISCONCEPTIONS = ()
