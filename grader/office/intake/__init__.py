"""Who handed in what: an inbox, as a folder or as a platform's download, and a roster that says who the people are."""

from grader.office.intake.hand_ins import HandIn, Person
from grader.office.intake.reading import Inbox, check_apart, read_inbox
from grader.office.intake.roster import Roster, read_roster
from grader.office.intake.safe_names import safe_name

__all__ = ["HandIn", "Inbox", "Person", "Roster", "check_apart", "read_inbox", "read_roster", "safe_name"]
