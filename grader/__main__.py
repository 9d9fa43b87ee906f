"""What `grader` starts: a process that stands by carries the command out, or this one does."""

import sys

from grader.standby import ask


def main() -> None:
    """The console script."""
    words = sys.argv[1:]
    code = ask.carried_out(words)
    if code is not None:
        sys.exit(code)
    from grader.cli import main as carry_out

    try:
        carry_out()
    finally:
        ask.let_one_stand_by(words)


if __name__ == "__main__":
    main()
