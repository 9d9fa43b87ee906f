"""Write the expected report of every golden submission anew: python tests/update_golden.py [SITUATION ...]

Read the difference aloud before you commit it: each message in it is what a student will be told.
"""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from golden import LIMITS, SEED, lasting, situations

from grader.check import examiner
from grader.course import load


def main() -> None:
    """All situations, or those named on the command line."""
    wanted = set(sys.argv[1:])
    with examiner(load().lectures[0], SEED, LIMITS) as judge:
        for situation in situations():
            if not wanted or situation.name in wanted:
                expected = (
                    json.dumps(lasting(situation.report(judge), situation.varies), indent=1, ensure_ascii=True) + "\n"
                )
                changed = not situation.expected_file.exists() or situation.expected_file.read_text() != expected
                situation.expected_file.write_text(expected, encoding="utf-8")
                print(f"{'wrote' if changed else 'same '}  {situation.name}")


if __name__ == "__main__":
    main()
