"""What can go wrong that is nobody's code under test.

KitError
├── UsageError      the command cannot be carried out as given (exit 2)
│   ├── CourseError       there is no course here, or no such exercise
│   └── SubmissionError   a package or folder that cannot be taken as a submission
├── NoIsolation     this machine does not offer the isolation asked for (exit 3); nothing was run
└── Fault           the kit itself broke (exit 3); never a student's failure
    └── WarmProcessGone   the process that forks workers has ended, by itself or by a student's hand
"""


class KitError(Exception):
    """Ends in one clear sentence; `exit_code` is what the command line returns."""

    exit_code = 3


class UsageError(KitError):
    """The command cannot be carried out as given."""

    exit_code = 2


class CourseError(UsageError):
    """There is no course here, or no such lecture or exercise in it."""


class SubmissionError(UsageError):
    """A package or folder that cannot be taken as a submission; the reason goes into its row."""


class Fault(KitError):
    """The kit itself broke."""


class WarmProcessGone(Fault):
    """The process that forks workers has ended. Whoever asked may try again with a new one."""


class NoIsolation(KitError):
    """This machine does not offer the isolation that was asked for; the message says what is missing."""
