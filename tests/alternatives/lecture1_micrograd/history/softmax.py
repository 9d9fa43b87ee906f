from typing import List

from engine import Value


def softmax(logits: List[Value]) -> List[Value]:
    exps = [z.exp() for z in logits]
    norm = Value(0.0)
    for e in exps:
        norm = norm + e
    inverse = 1 / norm
    return [e * inverse for e in exps]


def negative_log_likelihood(probs: List[Value], label: int) -> Value:
    return 0 - probs[label].log()
