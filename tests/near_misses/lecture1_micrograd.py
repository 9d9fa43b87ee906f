"""What resembles a known mistake of lecture 1 and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture1_micrograd.mistakes.derivatives import BY_HAND, NUDGED, SLOPE, SYMMETRIC, TO_BOTH
from grader.lectures.lecture1_micrograd.mistakes.operands import TO_OTHER, TO_SELF
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    DERIVATIVES,
    ENGINE,
    NN,
    POWER_RULE,
    PRODUCT_RULE,
    RELU_RULE,
    STORED,
    SUM_RULE,
    TRAINING,
    difference,
    quotient,
)
from grader.lectures.lecture1_micrograd.mistakes.training import UPDATE
from grader.lectures.lecture1_micrograd.mistakes.whole_graphs import WHOLE_SWEEP
from near_misses import NearMiss, near, together
from near_misses.lecture1_operations import OF_OPERATIONS

ABOVE = "self.grad += out.grad / other.data"
OWN_CLOSURE = "out._backward = _backward"
SWEEP = "for v in reversed(topo):"
SUM_TO_SELF, SUM_TO_OTHER = SUM_RULE.splitlines(keepends=True)
BREADTH_FIRST_ONCE_PER_USE = """        self.grad = 1.0
        queue = [self]
        while queue:
            v = queue.pop(0)
            v._backward()
            queue.extend(v._prev)
"""
SMALLEST_LAST = """        self.grad = 1.0
        reached, stack = {self}, [self]
        while stack:
            for child in stack.pop()._prev:
                if child not in reached:
                    reached.add(child)
                    stack.append(child)
        for v in sorted(reached, key=lambda v: -v.data):
            v._backward()
"""
ZERO_AND_SWEEP = "        model.zero_grad()\n        loss.backward()\n"
STEP = "        # update\n        gradient_step(model.parameters(), lr)\n"
SQUARES = "return sum((yout - ygt) ** 2 for yout, ygt in zip(predictions, targets))"

NEAR_MISSES = {
    "grad-overwrite": (
        near("a sum keeps the larger share", ENGINE, SUM_RULE,
             "            self.grad = max(self.grad, out.grad)\n            other.grad = max(other.grad, out.grad)\n"),
    ),
    "topo-forward-order": (
        near("the sweep is right and leaves the result itself out", ENGINE, SWEEP, "for v in reversed(topo[:-1]):"),
    ),
    "naive-recursion": (
        near("the whole sweep runs twice", ENGINE, SWEEP, "for v in [*reversed(topo), *reversed(topo)]:"),
    ),
    "dfs-preorder-visited": (
        near("each result once, the largest number first", ENGINE, WHOLE_SWEEP, SMALLEST_LAST),
    ),
    "bfs-visited": (
        near("level by level, once for every use", ENGINE, WHOLE_SWEEP, BREADTH_FIRST_ONCE_PER_USE),
    ),
    "visited-by-value": (
        NearMiss("a Value and its negative are taken for one", (
            Edit(ENGINE, "if v not in visited:", "if abs(v.data) not in visited:"),
            Edit(ENGINE, "visited.add(v)", "visited.add(abs(v.data))"),
        )),
    ),
    "missing-child": (
        near("exp remembers no input at all", ENGINE, '(self,), "exp"', '(), "exp"'),
    ),
    "seed-not-one": (
        near("the sweep sets out from the result's number", ENGINE, "self.grad = 1.0\n", "self.grad = self.data\n"),
    ),
    "closure-on-self": (
        near("a product stores its closure on its second factor", ENGINE, PRODUCT_RULE + STORED,
             PRODUCT_RULE + STORED.replace("out._backward", "other._backward")),
    ),
    "closure-called-early": (
        near("the name of the closure is stored, as a text", ENGINE, OWN_CLOSURE, 'out._backward = "_backward"', 7),
    ),
    "nothing-handed-on": (
        near("a product hands nothing on to its first factor", ENGINE, TO_SELF, ""),
        near("a sum hands on a tenth", ENGINE, SUM_RULE, SUM_RULE.replace("out.grad", "0.1 * out.grad")),
    ),
    "closure-hides-backward": (
        near("a call of backward runs the closures of the result and of what it was made from, and no more", ENGINE,
             SWEEP, "for v in [self, *self._prev]:"),
    ),
    "return-missing": (
        near("a sum gives back its first operand", ENGINE, f"{SUM_RULE}{STORED}        return out",
             f"{SUM_RULE}{STORED}        return self"),
        near("the slope is given back as a text", DERIVATIVES, SLOPE, "return str((f(x + h) - f(x)) / h)"),
    ),
    "mul-own-data": (
        near("each factor's gradient is multiplied by the product", ENGINE, PRODUCT_RULE,
             PRODUCT_RULE.replace("self.data", "out.data").replace("other.data", "out.data")),
    ),
    "mul-both-to-self": (
        near("the second share goes to the first factor, and as in a sum", ENGINE, TO_OTHER, SUM_TO_SELF),
    ),
    "add-uses-product-rule": (
        near("a sum multiplies one share by the other number", ENGINE, SUM_TO_SELF,
             "            self.grad += other.data * out.grad\n"),
    ),
    "local-grad-without-chain": (
        near("the slope is multiplied by the result and not by its gradient", ENGINE, "out.grad", "out.data", 9),
    ),
    "sub-other-sign": (
        NearMiss("a difference passes half of it on to the second number",
                 difference("self.grad += out.grad", "other.grad -= 0.5 * out.grad")[0]),
    ),
    "reflected-swapped": (
        together(
            near("2 - a is -2 - a", ENGINE, "return (-self) + other", "return (-self) - other"),
            near("2 / a is 2 * a", ENGINE, "return self**-1 * other", "return self * other"),
        ),
    ),
    "pow-rule": (
        near("the exponent is two lower", ENGINE, POWER_RULE, "other * self.data ** (other - 2) * out.grad"),
    ),
    "div-second-operand": (
        NearMiss("below the line the slope is that of a third power",
                 quotient(ABOVE, "other.grad -= self.data / other.data**3 * out.grad")[0]),
    ),
    "tanh-from-input": (
        near("the square of the right slope", ENGINE, "(1 - out.data**2)", "(1 - out.data**2) ** 2"),
    ),
    "exp-uses-input": (
        near("the power rule is used for exp", ENGINE, "out.data * out.grad",
             "self.data * out.data / math.e * out.grad"),
    ),
    **OF_OPERATIONS,
    "relu-mask": (
        near("a hundredth leaks through", ENGINE, RELU_RULE,
             "(1.0 if self.data > 0 else 0.01) * out.grad"),
    ),
    "zero-grad-missing": (
        near("the gradients are cleared in every second step", TRAINING,
             "        model.zero_grad()\n", "        if _ % 2:\n            model.zero_grad()\n"),
    ),
    "zero-grad-before-step": (
        NearMiss("each step is made with the gradients of the step before", (
            Edit(TRAINING, ZERO_AND_SWEEP, f"        gradient_step(model.parameters(), lr)\n{ZERO_AND_SWEEP}"),
            Edit(TRAINING, STEP, ""),
        )),
    ),
    "backward-not-idempotent": (
        near("every step uses the gradients of the first one", TRAINING, ZERO_AND_SWEEP,
             "        if len(losses) == 1:\n            loss.backward()\n"),
    ),
    "step-uphill": (
        near("every parameter goes down, whatever the sign of its gradient", TRAINING,
             "-lr * p.grad", "-lr * abs(p.grad)"),
    ),
    "update-rebinds": (
        near("only the first parameter moves", TRAINING, UPDATE, f"{UPDATE}        return\n"),
    ),
    "params-incomplete": (
        near("the bias comes first", NN, "return self.w + [self.b]", "return [self.b] + self.w"),
    ),
    "neuron-shape": (
        near("the bias counts twice", NN, "self.b)\n", "self.b + self.b)\n"),
        near("relu takes the place of tanh", NN, "return act.tanh()", "return act.relu()"),
    ),
    "layer-single-in-list": (
        near("a layer of a single neuron gives a tuple of its output and its number", NN,
             "return outs[0] if len(outs) == 1 else outs", "return (outs[0], outs[0]) if len(outs) == 1 else outs"),
    ),
    "numeric-slope-h": (
        near("both sides, twice as far", DERIVATIVES, SYMMETRIC, "return (f(x + 2 * h) - f(x - 2 * h)) / (4 * h)"),
    ),
    "slope-not-per-unit": (
        near("divided by three times h", DERIVATIVES, SLOPE, "return (f(x + h) - f(x)) / (3 * h)"),
    ),
    "gradf-inner-slope": (
        near("the three is missing inside the cosine", DERIVATIVES, "math.cos(3 * b)", "math.cos(b)"),
    ),
    "gradf-opposite-sign": (
        near("a term is left out", DERIVATIVES, " - 0.5 * a**-0.5", ""),
    ),
    "gradf-power-rule": (
        near("in one term the exponent is two lower", DERIVATIVES, "2.5 * b**1.5", "2.5 * b**0.5"),
    ),
    "gradf-nudged": (
        near("nudged by a fiftieth", DERIVATIVES, BY_HAND, NUDGED.format(h=0.02, slopes=TO_BOTH)),
    ),
    "loss-not-squared": (
        near("the mean of the squares", TRAINING, SQUARES, f"{SQUARES} * (1 / len(targets))"),
    ),
}  # fmt: skip
