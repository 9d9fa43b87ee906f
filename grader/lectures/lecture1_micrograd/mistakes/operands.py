"""Known mistakes in engine.py of lecture 1: which of the two operands a share goes to, and what it is made from."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    ENGINE,
    EXP_RULE,
    LOG_RULE,
    POWER_RULE,
    PRODUCT_RULE,
    SUM_RULE,
    TANH_RULE,
    difference,
    quotient,
)

TO_SELF, TO_OTHER = PRODUCT_RULE.splitlines(keepends=True)
OWN_GRADS = (TO_SELF.replace("other.data", "self.grad"), TO_OTHER.replace("self.data", "other.grad"))

MISCONCEPTIONS = (
    Misconception(
        "grad-for-data",
        "The slope of an operation is made from a gradient where it takes a number: grad is read in place of data.",
        "When this closure runs, what is in each grad by then? Does the slope depend on that?",
        (
            edit(ENGINE, PRODUCT_RULE, PRODUCT_RULE.replace(".data", ".grad")),
            edit(ENGINE, TO_SELF, TO_SELF.replace(".data", ".grad")),
            edit(ENGINE, TO_OTHER, TO_OTHER.replace(".data", ".grad")),
            (Edit(ENGINE, TO_SELF, OWN_GRADS[0]), Edit(ENGINE, TO_OTHER, OWN_GRADS[1])),
            edit(ENGINE, POWER_RULE, POWER_RULE.replace("self.data", "self.grad")),
            edit(ENGINE, EXP_RULE, "out.grad * out.grad"),
            edit(ENGINE, EXP_RULE, "self.grad * out.grad"),
            edit(ENGINE, EXP_RULE, "math.exp(self.grad) * out.grad"),
            edit(ENGINE, LOG_RULE, "(1 / self.grad) * out.grad"),
            edit(ENGINE, LOG_RULE, "self.grad**-1 * out.grad"),
            edit(ENGINE, LOG_RULE, "(1 / out.grad) * out.grad"),
            edit(ENGINE, TANH_RULE, "(1 - out.grad**2) * out.grad"),
            edit(ENGINE, TANH_RULE, "(1 - self.grad**2) * out.grad"),
        ),
    ),
    Misconception(
        "share-to-wrong-operand",
        "A share of the gradient goes to the wrong one of the two operands.",
        "Each line of the closure writes to one operand. Whose slope stands on its right-hand side?",
        (
            edit(ENGINE, SUM_RULE, SUM_RULE.replace("other.grad +=", "self.grad +=")),
            edit(ENGINE, SUM_RULE, SUM_RULE.replace("self.grad +=", "other.grad +=")),
            edit(ENGINE, TO_SELF, TO_SELF.replace("self.grad +=", "other.grad +=")),
            *difference("self.grad -= out.grad", "other.grad += out.grad"),
            *quotient("self.grad += out.grad / other.data", "self.grad -= self.data / other.data**2 * out.grad"),
            *quotient("other.grad += out.grad / other.data", "other.grad -= self.data / other.data**2 * out.grad"),
            *quotient("other.grad += out.grad / other.data", "self.grad -= self.data / other.data**2 * out.grad"),
        ),
    ),
    Misconception(
        "mul-one-own-data",
        "In a product, one factor's gradient is multiplied by that factor's own number.",
        "If a stays and b becomes twice as large, by how much more does a * b react to a, and by how much to b?",
        (
            edit(ENGINE, TO_SELF, TO_SELF.replace("other.data", "self.data")),
            edit(ENGINE, TO_OTHER, TO_OTHER.replace("self.data", "other.data")),
        ),
    ),
)
