"""What several of lecture 3's public checks look at."""

from grader.inside.arrays import array

FIVE = ["emma", "olivia", "ava", "isabella", "sophia"]
NAMES = [
    "emma", "olivia", "ava", "isabella", "sophia", "charlotte", "mia", "amelia", "harper", "evelyn", "abigail",
    "emily", "elizabeth", "mila", "ella", "avery", "sofia", "camila", "aria", "scarlett", "victoria", "madison", "luna",
]  # fmt: skip
SEED = 2147483647  # the lecture's


def whole(nested):
    """Nested lists of whole numbers as an Array."""
    return array(nested, "int64")
