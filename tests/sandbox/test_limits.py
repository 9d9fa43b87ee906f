"""Limits."""

import resource
import sys
import textwrap
from pathlib import Path

import pytest
from sandbox_kit import INPUTS, LECTURE, assert_still_good, observe, returned

from grader.inside.probes import lecture1_micrograd as probes
from grader.sandbox import Limits, Sandbox
from grader.sandbox.observation import DIED, RAISED, RETURNED, TIMED_OUT
from grader.sandbox.sandboxed import Sandboxed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def test_memory_is_limited_and_the_worker_goes_on(folders: Path) -> None:
    """Asking for more memory than is allowed raises MemoryError; less than that works in the same worker."""
    code = """
        def slope(f, x, h):
            return len(bytearray(int(x)))
        """
    with Sandbox(LECTURE.id, Limits(memory_bytes=200 << 20)) as box:
        subject = Sandboxed(box, {"derivatives.py": textwrap.dedent(code)})
        too_much = subject.observe(probes.slope_of_curve, {**INPUTS, "x": float(300 << 20)})
        enough = subject.observe(probes.slope_of_curve, {**INPUTS, "x": float(50 << 20)})
        subject.end()
    assert (too_much.kind, too_much.type) == (RAISED, "MemoryError")
    assert enough.value == 50 << 20


def test_the_size_of_a_file_is_limited(folders: Path) -> None:
    """Writing a larger file than is allowed fails in the student's code."""
    code = """
        def slope(f, x, h):
            with open("large", "wb") as file:
                file.write(bytes(1 << 20))
        """
    with Sandbox(LECTURE.id, Limits(file_bytes=1 << 16)) as box:
        observation = observe(box, code)
        assert_still_good(box)
    assert observation.kind in (RAISED, DIED)
    assert observation.type == "OSError" or "SIGXFSZ" in observation.text


def test_descriptors_are_limited(box: Sandbox) -> None:
    """A student who opens files without end gets an error, not the machine's last descriptor."""
    code = """
        import os
        def slope(f, x, h):
            while True:
                os.open("/dev/null", os.O_RDONLY)
        """
    observation = observe(box, code)
    assert (observation.kind, observation.type) == (RAISED, "OSError")
    assert "Too many open files" in observation.text


def test_limits_cannot_be_raised(box: Sandbox) -> None:
    """Soft and hard limits are the same, and no core file is written."""
    code = """
        import resource
        def slope(f, x, h):
            names = ("AS", "FSIZE", "NOFILE", "CORE")
            return [resource.getrlimit(getattr(resource, "RLIMIT_" + name)) for name in names]
        """
    memory, file, descriptors, core = returned(box, code)
    assert memory[0] == memory[1] != resource.RLIM_INFINITY
    assert tuple(file) == (Limits().file_bytes, Limits().file_bytes)
    assert tuple(descriptors) == (64, 64)
    assert tuple(core) == (0, 0)


def test_processor_time_is_limited_by_the_kernel_too(box: Sandbox) -> None:
    """Code that burns processor time is ended by the kernel too, at the probe's own limit, long before our clock."""
    code = """
        def slope(f, x, h):
            while True:
                pass
        """
    observation = observe(box, code, seconds=28.0)  # the probe as registered, which the worker knows, says 2 s
    assert (observation.kind, observation.text) == (TIMED_OUT, "stopped, because it took too much processor time")
    assert_still_good(box)


FLOODS = {
    "output": "while True: os.write(1, bytes(65536))",
    "errors": "while True: os.write(2, bytes(65536))",
    "trace": "while True: os.write(5, b'  File \"lecture1_micrograd/x.py\", line 1 in f\\n' * 1000)",
    "a wide pipe": "with suppress(OSError): fcntl.fcntl(1, 1031, 1 << 20)\n    while True: os.write(1, bytes(1 << 20))",
    "print": "while True: print('more ' * 1000)",
}


@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_neither_blocks_nor_grows_memory(box: Sandbox, flood: str) -> None:
    """Endless output is stopped at the time limit like any endless loop; a few kilobytes of it are kept."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    imports = "import fcntl, os\nfrom contextlib import suppress\n"
    observation = observe(box, f"{imports}def slope(f, x, h):\n    {FLOODS[flood]}\n", seconds=0.6)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert observation.kind == TIMED_OUT
    assert len(observation.printed) < 10_000
    assert grown < 32_000, "kilobytes"
    assert_still_good(box)


def test_output_is_kept_up_to_its_limit_and_the_rest_is_counted(box: Sandbox) -> None:
    """Long output does not block the student's code, and how much of it was thrown away is said."""
    observation = observe(box, "def slope(f, x, h):\n    print('x' * 3_000_000)\n    return 1\n")
    assert (observation.kind, observation.value) == (RETURNED, 1)
    assert observation.printed.endswith(f"({3_000_001 - Limits().output_bytes:,} more bytes)")
