#!/usr/bin/env bash
# torch 2.13.0, CPU build: torch.manual_seed formats the call stack three times, so it costs more the deeper it is called.
#
# Seen with Python 3.11: each call asks traceback.format_stack three times, for CUDA, XPU and MTIA, none of which is there, and
# keeps the last texts in case one of them should be started later. It takes 0.16 ms from the top of a script, 0.5 ms from 50 calls further
# down and 2.1 ms from 200 further down. torch.default_generator.manual_seed sets the CPU's generator alone, formats nothing,
# takes 1 microsecond at any depth, and the numbers that follow are the same. A grader that brings torch's own generator into
# a known state before each of thousands of small measurements pays for tracebacks that nobody will read.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy

venv/bin/python - <<'PYTHON'
import time
import traceback

import torch


def deeper(levels, act):
    return act() if levels == 0 else deeper(levels - 1, act)


def seconds(act, times=300):
    started = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - started) / times


def everywhere():
    torch.manual_seed(7)


def here_alone():
    torch.default_generator.manual_seed(7)


asked = []
own = traceback.format_stack
traceback.format_stack = lambda *words, **named: asked.append(1) or own(*words, **named)
everywhere()
several = len(asked)
drawn = torch.rand(5)
here_alone()
print(f"stacks formatted: {several} by torch.manual_seed, {len(asked) - several} by default_generator.manual_seed")
assert (several, len(asked) - several) == (3, 0)
assert torch.equal(drawn, torch.rand(5))
traceback.format_stack = own

for act in (everywhere, here_alone):
    near, far = (deeper(levels, lambda: seconds(act)) for levels in (0, 200))
    print(f"{act.__name__}: {1e6 * near:.0f} microseconds, and {1e6 * far:.0f} from 200 calls further down")
    assert (far > 3 * near) == (act is everywhere), "the cost no longer goes by the depth of the stack"
PYTHON
echo "as seen"
