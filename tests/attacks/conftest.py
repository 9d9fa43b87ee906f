"""Courts: one for each level of isolation that this machine offers, as the user of the tests and as an ordinary one."""

import sys
from collections import defaultdict
from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("attacks.attacks_kit")

from attacks.courts import Courts  # noqa: E402


@pytest.fixture(scope="session")
def courts(request: pytest.FixtureRequest) -> Iterator[Courts]:
    """All courts. They judge an attack at the same time: who asks for it at one level will ask at the others too."""
    if sys.platform != "linux":
        pytest.skip("processes are looked up in /proc")
    asked: dict[str, list[str]] = defaultdict(list)
    for item in request.session.items:
        parameters = item.callspec.params if hasattr(item, "callspec") else {}
        if {"attack", "place"} <= set(parameters):
            asked[parameters["attack"].name].append(parameters["place"])
    with Courts(asked) as made:
        yield made
