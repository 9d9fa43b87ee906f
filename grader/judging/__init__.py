"""Where a verdict is made: what was asked, what came on both sides, what differs, and which mistake explains it."""
