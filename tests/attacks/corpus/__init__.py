"""The attacks, as data."""
