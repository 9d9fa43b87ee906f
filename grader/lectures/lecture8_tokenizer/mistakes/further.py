"""Known mistakes of lecture 8 in less work, tokens of characters, and tokens in colour."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    CHARACTER_ORDER,
    CHARS,
    EXERCISES,
    FALLBACK,
    OFTEN,
    SHOWN,
    TURN,
    WEIGHED,
    WORDS,
)

EVERY_CHUNK = (
    Edit(EXERCISES, WORDS, 'words = [(tuple(chunk.encode("utf-8")), 1) for chunk in chunks]'),
    Edit(EXERCISES, "in words.items():\n            for pair, times", "in words:\n            for pair, times"),
    Edit(
        EXERCISES,
        "words = {tuple(merge(ids, pair, idx)): count for ids, count in words.items()}",
        "words = [(tuple(merge(ids, pair, idx)), count) for ids, count in words]",
    ),
)

MISCONCEPTIONS = (
    Misconception(
        "work-for-every-chunk",
        "The work is too much: it grows with all chunks, also those that are equal.",
        "How often does the same chunk occur in the text, and how often does your code look at it?",
        (EVERY_CHUNK,),
    ),
    Misconception(
        "chunks-count-once",
        "A chunk that occurs many times counts once.",
        "If a chunk occurs a hundred times, how often do its pairs occur?",
        (
            edit(EXERCISES, WEIGHED, WEIGHED.replace(" * count", "")),
            edit(EXERCISES, OFTEN, "often[chunk] = 1"),
        ),
    ),
    Misconception(
        "pairs-count-once",
        "A pair that occurs several times in one chunk counts once there.",
        "How often does the pair a a occur in the chunk aaa?",
        (edit(EXERCISES, WEIGHED, WEIGHED.replace("times * count", "count")),),
    ),
    Misconception(
        "characters-not-sorted",
        "The characters stand in the order in which they first occur.",
        "Which of two characters has the smaller id, by the statement?",
        (edit(EXERCISES, CHARS, CHARS.replace("sorted(set(text))", "dict.fromkeys(text)")),),
    ),
    Misconception(
        "characters-on-bytes",
        "The ids of characters do not begin at 256.",
        "Which ids are kept for the bytes of characters that training has not seen?",
        (
            edit(EXERCISES, CHARS, CHARS.replace("256 + i", "i")),
            edit(EXERCISES, CHARS, CHARS.replace("256 + i", "ord(char)")),
            edit(EXERCISES, CHARS, CHARS.replace("256 + i", "257 + i")),
        ),
    ),
    Misconception(
        "unknown-characters",
        "A character that training has not seen does not become the ids of its bytes.",
        "What is left of a snowman in your ids, if there was none in the training text?",
        (
            edit(EXERCISES, FALLBACK, "ids.append(self.chars[char])"),
            edit(EXERCISES, FALLBACK, "ids.extend([self.chars[char]] if char in self.chars else [])"),
            edit(EXERCISES, FALLBACK, "ids.append(self.chars.get(char, ord(char)))"),
        ),
    ),
    Misconception(
        "characters-as-bytes",
        "All characters become bytes, also those that have an id of their own.",
        "What are the ids of characters for?",
        (edit(EXERCISES, FALLBACK, 'ids.extend(char.encode("utf-8"))'),),
    ),
    Misconception(
        "character-merges-order",
        "The merges are not made in the order in which they were learned.",
        "Which merge comes first, and must it be done before the others?",
        (
            edit(EXERCISES, CHARACTER_ORDER, CHARACTER_ORDER.replace("self", "sorted(self").replace("()", "())")),
            edit(EXERCISES, CHARACTER_ORDER, CHARACTER_ORDER.replace("self", "reversed(self").replace("()", "())")),
        ),
    ),
    Misconception(
        "page-obeys-text",
        "The signs < and & of a token are obeyed by the page, not shown.",
        "What does a browser make of a token that reads <b>?",
        (edit(EXERCISES, "{escape(text)}", "{text}"),),
    ),
    Misconception(
        "colours-by-id",
        "A token's colour depends on its id, not on its place.",
        "Which colours do two equal tokens get that stand side by side?",
        (edit(EXERCISES, TURN, "colours[idx % len(colours)]"),),
    ),
    Misconception(
        "colours-run-out",
        "There is an exception when there are more tokens than colours.",
        "Which colour has the token after the last colour?",
        (edit(EXERCISES, TURN, "colours[i]"),),
    ),
    Misconception(
        "page-of-broken-bytes",
        "A token that is no UTF-8 by itself raises an exception, or is not shown.",
        "What stands in the span of a token that is half of a character?",
        (
            edit(EXERCISES, SHOWN, SHOWN.replace(', errors="replace"', "")),
            edit(EXERCISES, SHOWN, SHOWN.replace('errors="replace"', 'errors="ignore"')),
        ),
    ),
    Misconception(
        "page-in-bytes",
        "The page shows how Python writes bytes, not the text of a token.",
        "Is there a b with a quotation mark on your page that no token has?",
        (edit(EXERCISES, SHOWN, "text = str(vocab[idx])"),),
    ),
)  # fmt: skip
