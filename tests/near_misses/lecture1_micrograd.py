"""What resembles a known mistake of lecture 1 and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture1_micrograd.mistakes.engine import DIVISION, OWN_DIVISION, POWER_RULE
from grader.lectures.lecture1_micrograd.mistakes.shared import DERIVATIVES, ENGINE, NN, PRODUCT_RULE, SUM_RULE, TRAINING
from grader.lectures.lecture1_micrograd.mistakes.training import UPDATE
from grader.lectures.lecture1_micrograd.mistakes.whole_graphs import WHOLE_SWEEP
from near_misses import NearMiss, near, together

STORED = "out._backward = _backward"
SWEEP = "for v in reversed(topo):"
TO_SELF, TO_OTHER = "            self.grad += out.grad\n", "            other.grad += out.grad\n"
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
SYMMETRIC = "return (f(x + h) - f(x - h)) / (2 * h)"
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
        near("a product never stores its closure", ENGINE, f"{PRODUCT_RULE}\n        {STORED}\n", f"{PRODUCT_RULE}\n"),
    ),
    "closure-called-early": (
        near("the closure is stored in another function, which hands it out and does not call it", ENGINE,
             STORED, "out._backward = lambda: _backward", 7),
    ),
    "mul-own-data": (
        near("the second factor alone is multiplied by its own number", ENGINE,
             "other.grad += self.data * out.grad", "other.grad += other.data * out.grad"),
    ),
    "mul-both-to-self": (
        near("both shares go to the second factor", ENGINE,
             "self.grad += other.data * out.grad", "other.grad += other.data * out.grad"),
    ),
    "add-uses-product-rule": (
        near("a sum multiplies one share by the other number", ENGINE, TO_SELF,
             "            self.grad += other.data * out.grad\n"),
    ),
    "local-grad-without-chain": (
        near("the slope is multiplied by the result and not by its gradient", ENGINE, "out.grad", "out.data", 9),
    ),
    "sub-other-sign": (
        near("a difference passes on both signs the wrong way round", ENGINE,
             "        return self + (-other)\n",
             "        other = other if isinstance(other, Value) else Value(other)\n"
             '        out = Value(self.data - other.data, (self, other), "-")\n\n'
             "        def _backward():\n            self.grad -= out.grad\n            other.grad += out.grad\n\n"
             f"        {STORED}\n        return out\n"),
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
        near("below the line the slope is that of a third power", ENGINE, OWN_DIVISION,
             DIVISION.format(slope="-self.data / other.data**3")),
    ),
    "tanh-from-input": (
        near("the square of the right slope", ENGINE, "(1 - out.data**2)", "(1 - out.data**2) ** 2"),
    ),
    "exp-uses-input": (
        near("the power rule is used for exp", ENGINE, "out.data * out.grad",
             "self.data * out.data / math.e * out.grad"),
    ),
    "relu-mask": (
        near("a hundredth leaks through", ENGINE, "(self.data > 0) * out.grad",
             "(1.0 if self.data > 0 else 0.01) * out.grad"),
    ),
    "scalar-not-wrapped": (
        near("in 1 + a the number is lost", ENGINE, "        return self + other\n", "        return self\n"),
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
    "numeric-slope-h": (
        near("both sides, and divided by h", DERIVATIVES, SYMMETRIC, "return (f(x + h) - f(x - h)) / h"),
    ),
    "loss-not-squared": (
        near("the mean of the squares", TRAINING, SQUARES, f"{SQUARES} * (1 / len(targets))"),
    ),
}  # fmt: skip
