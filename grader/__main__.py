"""What `grader` starts: a process that stands by carries the command out, or this one does."""

import sys

from grader.standby import ask


def main() -> None:
    """The console script."""
    code = ask.carried_out(sys.argv[1:])
    if code is not None:
        sys.exit(code)
    from grader.cli import main as carry_out

    try:
        carry_out()
    finally:
        ask.let_one_stand_by()


if __name__ == "__main__":
    main()
