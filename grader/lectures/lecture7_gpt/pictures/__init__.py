"""The pictures of lecture 7."""

MOTIFS = ()
