"""Mark what lies in HOME/submission, and leave HOME/results/results.json: python -m grader.office.autograder HOME.

What is wrong with a submission stands in the result. What is wrong with the container or the kit ends without one, so
that the platform tells the instructor, and nobody gets a mark for it.
"""

import json
import sys
from pathlib import Path

from grader.errors import KitError
from grader.office.autograder.running import run


def main() -> int:
    """The exit code: 0 where there is a result."""
    try:
        home = Path(sys.argv[1])
        result = run(home)
        (home / "results").mkdir(exist_ok=True)
        (home / "results" / "results.json").write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    except KitError as error:
        print(f"Nothing was marked. {error}", file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
