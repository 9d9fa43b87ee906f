from __future__ import annotations

import math

from engine import Value


def softmax(logits: list[Value]) -> list[Value]:
    if not logits:
        raise ValueError("no logits")
    # a constant taken off all of them changes nothing, and nothing can overflow
    largest = max(logit.data for logit in logits)
    counts = [(logit - largest).exp() for logit in logits]
    total = counts[0]
    for count in counts[1:]:
        total = total + count
    probs = [count / total for count in counts]
    assert math.isclose(sum(p.data for p in probs), 1.0)
    return probs


def negative_log_likelihood(probs: list[Value], label: int) -> Value:
    if not 0 <= label < len(probs):
        raise IndexError(f"there is no label {label}")
    p = probs[label]
    if p.data <= 0:
        raise ValueError("a probability of 0 has no logarithm")
    return p.log() * -1
