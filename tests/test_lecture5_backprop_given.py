"""Lecture 5: what the public checks are given of a forward pass is a forward pass. As a program it writes the file."""

import json

import pytest

from grader.inside.arrays import array
from grader.inside.plain import Array
from grader.inside.probes.lecture5_backprop import GRADIENTS
from grader.inside.tensors import tensor
from grader.judging.fresh_inputs import Draw
from grader.lectures.lecture5_backprop.public.given import FILE, given
from grader.lectures.lecture5_backprop.shared import arguments, of_hpreact, of_hprebn

ALIKE = 1e-12


def made() -> dict[str, dict[str, Array]]:
    """All of them, as shared.py makes them."""
    return {
        "a column in front of batch norm": of_hprebn(array([[1.0], [2.0], [6.0]])),
        "wide": of_hpreact(array([[0.5, -1.5], [2.5, -0.25]])),
        "batch norm in one formula": of_hprebn(Draw("batch norm in one formula").array(5, 4)),
        **{f"for {name}": arguments(name, Draw(f"public {name}")) for name in GRADIENTS},
    }


@pytest.mark.parametrize("name", made())
def test_what_is_given_belongs_together(name):
    """Up to rounding, which is not the same everywhere."""
    found, expected = given(name), made()[name]
    assert list(found) == list(expected)
    for each, one in found.items():
        assert (one.dtype, one.shape) == (expected[each].dtype, expected[each].shape)
        assert (tensor(one) - tensor(expected[each])).abs().max() <= ALIKE


if __name__ == "__main__":
    told = {name: {k: [v.dtype, tensor(v).tolist()] for k, v in them.items()} for name, them in made().items()}
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(them)}" for name, them in told.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", encoding="ascii")
