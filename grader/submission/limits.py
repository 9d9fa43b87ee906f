"""How much of what strangers hand in is read."""

MANIFEST = "manifest.json"
MAX_FILE = 1_000_000
MAX_DATA = 4_200_000  # of trained weights: 500,000 numbers in float64, and their names
MAX_TOTAL = 5_000_000  # of all files of a submission
MAX_NOTEBOOKS = 20_000_000  # of all notebooks of a submission, with the pictures in them
MAX_PACKAGE = 25_000_000  # on disk: room for notebooks, which are mostly pictures
MAX_ENTRIES = 1000  # looked at, not unpacked: a whole course folder with notes and pictures has some hundred
MAX_RATIO = 100
MAX_MANIFEST = 100_000


def most_bytes(name: str) -> int:
    """How large a file of this name may be."""
    return MAX_FILE if name.endswith(".py") else MAX_DATA
