#!/usr/bin/env bash
# torch 2.13.0 raises NotImplementedError for some operations on whole numbers, and RuntimeError for others of the kind.
#
# Seen with the CPU build and Python 3.11: cross_entropy, softmax and batch_norm of an int64 tensor, randn and normal_ in
# int64, and a product of two bool matrices raise NotImplementedError ('"..." not implemented for 'Long''); the mean, the
# standard deviation and multinomial of an int64 tensor raise RuntimeError. NotImplementedError is also what every stub of
# a course raises, so that whoever takes it for "not written yet" tells a student so who has written the line, with
# integer logits. A grader has to look at where it was raised, and not at its type.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q torch==2.13.0 numpy

venv/bin/python - <<'PYTHON'
import torch
import torch.nn.functional as F

whole = torch.tensor([[1, 2, 3], [0, 1, 0]])
both = torch.ones(2, 2, dtype=torch.bool)
attempts = {
    "cross_entropy": lambda: F.cross_entropy(whole, torch.tensor([0, 1])),
    "softmax": lambda: F.softmax(whole, 1),
    "batch_norm": lambda: F.batch_norm(whole, None, None, training=True),
    "randn": lambda: torch.randn(3, dtype=torch.int64),
    "normal_": lambda: whole.clone().normal_(),
    "bool @ bool": lambda: both @ both,
    "mean": lambda: whole.mean(),
    "std": lambda: whole.std(),
    "multinomial": lambda: torch.multinomial(whole + 1, 1),
}
expected = dict.fromkeys(attempts, "NotImplementedError") | dict.fromkeys(("mean", "std", "multinomial"), "RuntimeError")
found = {}
for name, attempt in attempts.items():
    try:
        attempt()
        found[name] = "nothing"
    except Exception as error:
        found[name] = type(error).__name__
    print(f"{name:14} {found[name]}")
assert torch.__version__.startswith("2.13.0"), torch.__version__
assert found == expected, {name: found[name] for name in found if found[name] != expected[name]}
PYTHON
