"""Starts, limits and ends the workers in which students' code runs, at one of the levels of isolation.

Three processes: this one, which holds the answers; the warm process, which has never seen any; and, forked from that
for each submission, a worker, which is confined before the first byte of a student's code reaches it.
"""

from grader.sandbox.box import Sandbox
from grader.sandbox.worker import Limits, Worker, signal_name

__all__ = ["Limits", "Sandbox", "Worker", "signal_name"]
