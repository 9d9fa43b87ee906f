"""Builds text.txt, the text of the lectures about language models, out of this project's own pages.

An author runs it: python data/build_text.py   It takes what the pages of lectures 1 to 6 tell about the idea, and the
questions and stories of their hints, and spells them in the 65 characters that the lectures' text has.
"""

import hashlib
import re
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
LECTURES = sorted((HERE.parent / "exercises").glob("lecture[1-6]_*"))
ALPHABET = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
INSTEAD = {"(": ", ", ")": "", "%": " per cent", "=": " is ", "+": " plus ", "*": " times ", "/": " over ", '"': "'"}


def spelled(text: str) -> str:
    """The same in the characters of the alphabet: digits and signs as words, what has no word left out."""
    text = re.sub(r"`[^`]*`", lambda code: code[0] if code[0][1:-1].isalpha() else "it", text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)  # of a link, its words
    text = re.sub(r"(\d)\.(\d)", r"\1 point \2", text)
    text = re.sub(r"\d", lambda digit: f" {DIGITS[int(digit[0])]} ", text)
    text = "".join(INSTEAD.get(c, c) for c in text)
    text = re.sub(f"[^{re.escape(ALPHABET)}]", "", text)
    return re.sub(r" +([,.:;?!])", r"\1", re.sub(r" +", " ", text))


def told(folder: Path) -> list[str]:
    """What one lecture tells: its idea, then, exercise by exercise, a question and a story."""
    page = (folder / "README.md").read_text(encoding="utf-8")
    idea = page.partition("## The idea\n")[2].partition("\n## ")[0]
    exercises = tomllib.loads((folder / "exercises.toml").read_text(encoding="utf-8"))["exercise"]
    hints = [f"{exercise['title']}:\n{hint}" for exercise in exercises for hint in exercise["hints"][::2]]
    return [*idea.strip().split("\n\n"), *hints]


def main() -> None:
    """Write the text, and print its size and its hash."""
    pieces = [spelled(piece).strip() for folder in LECTURES for piece in told(folder)]
    lines = ["\n".join(line.strip() for line in piece.split("\n") if line.strip()) for piece in pieces]
    text = "\n\n".join(lines) + "\n"
    (HERE / "text.txt").write_bytes(text.encode("ascii"))
    print(f"{len(text):,} characters, {len(set(text))} of them different")
    print(hashlib.sha256(text.encode("ascii")).hexdigest())


if __name__ == "__main__":
    main()
