"""Known mistakes in engine.py of lecture 1: closures that never run, or that hide a method; what is never returned."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    DERIVATIVES,
    ENGINE,
    NN,
    RETURNED,
    RULES,
    SOFTMAX,
    STORED,
    SUB_BODY,
    TRAINING,
    Ways,
    difference,
    quotient,
)

NEGATIVE = "return self * -1"
# where something is returned in one line: what stands there without its return
LINES = (
    (ENGINE, SUB_BODY, SUB_BODY.replace("return ", "")),
    (ENGINE, NEGATIVE, "self * -1"),
    (ENGINE, "return self * other**-1", "self * other**-1"),
    (DERIVATIVES, "return (f(x + h) - f(x)) / h", "(f(x + h) - f(x)) / h"),
    (DERIVATIVES, "return (f(x + h) - f(x - h)) / (2 * h)", "(f(x + h) - f(x - h)) / (2 * h)"),
    (DERIVATIVES, "    return slopes\n", ""),
    (DERIVATIVES, "    return [\n        -3", "    [\n        -3"),
    (NN, "        return act.tanh()\n", "        act.tanh()\n"),
    (NN, "        return outs[0] if", "        outs[0] if"),
    (NN, "        return x\n", ""),
    (NN, "        return self.w + [self.b]\n", "        self.w + [self.b]\n"),
    (TRAINING, "    return sum(", "    sum("),
    (TRAINING, "    return losses\n", ""),
    (SOFTMAX, "    return [c / total for c in counts]\n", "    [c / total for c in counts]\n"),
    (SOFTMAX, "    return -probs[label].log()\n", "    -probs[label].log()\n"),
)


def never_stored() -> Ways:
    """For each operation: its closure is made and not stored; to store it within itself comes to the same."""
    negative = f'out = Value(-self.data, (self,), "neg")\n{RETURNED.rstrip()}'
    return (
        *(edit(ENGINE, rule + STORED, rule) for rule in RULES),
        edit(ENGINE, NEGATIVE, negative),
        *difference("self.grad += out.grad", "other.grad -= out.grad", stored=""),
        *quotient("self.grad += out.grad / other.data", stored=""),
    )


MISCONCEPTIONS = (
    Misconception(
        "nothing-handed-on",
        "The gradient that arrives at this result stops there: nothing of it reaches what the result was made from.",
        "Which function hands this gradient on? Is it stored where the sweep looks, before the operation returns?",
        never_stored(),
    ),
    Misconception(
        "closure-hides-backward",
        "The closures are stored under the name backward, and so hide the method of that name on every result.",
        "When you call L.backward(), which function runs? Print it, for a Value that you made and for a result.",
        (edit(ENGINE, "out._backward = _backward", "out.backward = _backward", 7),),
    ),
    Misconception(
        "return-missing",
        "The function ends without giving anything back, so that its caller gets None.",
        "What does a function give to its caller if no return is met? Is that what print shows as well?",
        (
            *(edit(ENGINE, rule + STORED + RETURNED, rule + STORED) for rule in RULES),
            *(edit(file, old, new) for file, old, new in LINES),
        ),
    ),
)
