"""What resembles a known mistake of lecture 8 in the last three exercises, and is not it."""

from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    CHARACTER_ORDER,
    CHARS,
    EXERCISES,
    FALLBACK,
    SHOWN,
    TURN,
    WEIGHED,
)
from near_misses import near

NEAR_MISSES = {
    "work-for-every-chunk": (
        near("one merge less", EXERCISES, "range(256, 256 + num_merges)", "range(256, 255 + num_merges)"),
    ),
    "chunks-count-once": (near("twice at most", EXERCISES, WEIGHED, WEIGHED.replace("* count", "* min(count, 2)")),),
    "pairs-count-once": (
        near("one too many for each chunk", EXERCISES, WEIGHED, WEIGHED.replace("times *", "(times + 1) *")),
    ),
    "characters-not-sorted": (
        near("from z to a", EXERCISES, CHARS, CHARS.replace("sorted(set(text))", "sorted(set(text))[::-1]")),
    ),
    "characters-on-bytes": (near("from 300 on", EXERCISES, CHARS, CHARS.replace("256 + i", "300 + i")),),
    "unknown-characters": (
        near("a question mark", EXERCISES, FALLBACK, FALLBACK.replace('char.encode("utf-8")', "[63]")),
    ),
    "characters-as-bytes": (
        near("known ones twice", EXERCISES, FALLBACK, FALLBACK.replace("[self.chars[char]]", "2 * [self.chars[char]]")),
    ),
    "character-merges-order": (
        near(
            "the first merge twice as late",
            EXERCISES,
            CHARACTER_ORDER,
            CHARACTER_ORDER.replace("self.merges.items()", "list(self.merges.items())[1:]"),
        ),
    ),
    "page-obeys-text": (near("escaped twice", EXERCISES, "{escape(text)}", "{escape(escape(text))}"),),
    "colours-by-id": (near("from the second colour on", EXERCISES, TURN, "colours[(i + 1) % len(colours)]"),),
    "colours-run-out": (near("the last colour stays", EXERCISES, TURN, "colours[min(i, len(colours) - 1)]"),),
    "page-of-broken-bytes": (near("as code page 437", EXERCISES, SHOWN, SHOWN.replace('"utf-8"', '"cp437"')),),
    "page-in-bytes": (near("in capitals", EXERCISES, SHOWN, f"{SHOWN}.upper()"),),
}
