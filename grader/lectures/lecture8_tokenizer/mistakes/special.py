"""Known mistakes of lecture 8 with special tokens in a text."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture8_tokenizer.mistakes.shared import (
    ALLOWED,
    EITHER,
    LONGEST_FIRST,
    NAMED,
    ONE_BY_ONE,
    PIECES,
    REFUSED,
    REGEX,
    SPECIAL_PIECES,
)

MISCONCEPTIONS = (
    Misconception(
        "special-as-text",
        "A special token is encoded letter by letter, like any other text.",
        "Should the tokenizer look inside of a special token?",
        (
            edit(REGEX, SPECIAL_PIECES, "for piece in [text]:"),
            edit(REGEX, f"return {PIECES}", "return [text] if text else []"),
        ),
    ),
    Misconception(
        "special-dropped",
        "Special tokens are where the text is split, and are lost there.",
        "What does `regex.split` keep of what it splits at, and when?",
        (
            edit(REGEX, EITHER, """pattern = "|".join(regex.escape(token) for token in longest_first)"""),
            edit(REGEX, "ids.append(special[piece])", "continue"),
        ),
    ),
    Misconception(
        "special-unescaped",
        "The signs of a special token are read as those of a pattern.",
        "What does | mean in a pattern?",
        (edit(REGEX, EITHER, EITHER.replace("regex.escape(token)", "token")),),
    ),
    Misconception(
        "special-shorter-first",
        "Where two special tokens fit, the shorter one is taken, or the one that was named first.",
        "Which of two special tokens is found if one begins with the other?",
        (
            edit(REGEX, LONGEST_FIRST, "longest_first = sorted(special_tokens, key=len)"),
            edit(REGEX, LONGEST_FIRST, "longest_first = list(special_tokens)"),
        ),
    ),
    Misconception(
        "special-longest-anywhere",
        "The longest special token is looked for in the whole text first, also where a shorter one begins before it.",
        "Of two special tokens that share a letter of the text, which begins further to the left?",
        ((Edit(REGEX, EITHER, ONE_BY_ONE), Edit(REGEX, PIECES, "[piece for piece in pieces if piece]")),),
    ),
    Misconception(
        "special-empty-pieces",
        "Empty pieces stand between special tokens, or at the ends.",
        "What stands between two special tokens that touch?",
        (
            edit(REGEX, PIECES, "regex.split(pattern, text)"),
            edit(REGEX, "return [text] if text else []", "return [text]"),
        ),
    ),
    Misconception(
        "special-not-refused",
        "A text that holds a special token is not refused.",
        "What does none_raise ask for if somebody types a special token?",
        (edit(REGEX, REFUSED, "if False:"),),
    ),
    Misconception(
        "special-always-refused",
        "A text that holds a special token is refused, whatever is allowed.",
        "For which of the four ways does the statement ask for an exception?",
        (edit(REGEX, REFUSED, "if any(token in text and token not in special for token in self.special_tokens):"),),
    ),
    Misconception(
        "special-all-allowed",
        "All special tokens count as such, also those that are not allowed.",
        "What does allowed_special say, and where does your code look at it?",
        (
            edit(REGEX, ALLOWED, "special = self.special_tokens"),
            edit(REGEX, NAMED, NAMED.replace("special = {}", "special = self.special_tokens")),
        ),
    ),
    Misconception(
        "special-set-ignored",
        "A set of allowed special tokens counts as none.",
        "Which ids does a special token get that stands in the set?",
        (edit(REGEX, ALLOWED, "special = {}"),),
    ),
    Misconception(
        "special-unknown-allowed",
        "A token that is allowed and was never registered is looked up all the same.",
        "What should happen if the set holds a token that the tokenizer does not know?",
        (edit(REGEX, ALLOWED, "special = {token: self.special_tokens[token] for token in allowed_special}"),),
    ),
)
