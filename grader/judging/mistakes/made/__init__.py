"""Mistakes that nobody wrote down: one small change of our solution each, made here and tried on what was observed."""
