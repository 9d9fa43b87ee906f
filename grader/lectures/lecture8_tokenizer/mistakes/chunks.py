"""Known mistakes of lecture 8 in splitting a text by a pattern."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import REGEX, SPLIT

MISCONCEPTIONS = (
    Misconception(
        "split-regex-groups",
        "Of a pattern with groups, what the groups hold comes back, not what was found.",
        "What does `regex.findall` return for a pattern with brackets in it?",
        (
            edit(REGEX, SPLIT, "regex.findall(pattern, text)"),
            edit(REGEX, SPLIT, "[match.groups()[0] if match.groups() else match.group() for match in "
                               "regex.finditer(pattern, text)]"),
        ),
    ),
    Misconception(
        "split-library",
        "The text is split by the re of Python, which does not know \\p{L}.",
        "Which of the two libraries knows what a letter of any script is?",
        (edit(REGEX, f"    return {SPLIT}", f"    import re\n    return {SPLIT.replace('regex', 're')}"),),
    ),
    Misconception(
        "split-other-pattern",
        "The text is split as GPT-2 splits it.",
        "In which of the two patterns do endings in capitals, such as 'S, belong to themselves?",
        (
            edit(REGEX, f"    return {SPLIT}",
                 f"    pattern = GPT2_SPLIT_PATTERN if pattern == GPT4_SPLIT_PATTERN else pattern\n    return {SPLIT}"),
        ),
    ),
    Misconception(
        "split-pattern-ignored",
        "The pattern that is handed in is not used.",
        "By which pattern does your function split if it is called with two arguments?",
        (edit(REGEX, SPLIT, SPLIT.replace("finditer(pattern", "finditer(GPT4_SPLIT_PATTERN")),),
    ),
    Misconception(
        "split-drops-spaces",
        "White space does not come back, or is cut off from the chunks.",
        "Glue the chunks together again. Is anything missing?",
        (
            edit(REGEX, SPLIT, SPLIT.replace("match.group() for", "match.group().strip() for")),
            edit(REGEX, SPLIT, "[match.group() for match in regex.finditer(pattern, text) if match.group().strip()]"),
        ),
    ),
)  # fmt: skip
