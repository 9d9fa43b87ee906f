"""Known mistakes, and which of them explains what was observed. Nothing is ever guessed."""
