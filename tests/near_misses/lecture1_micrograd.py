"""What resembles a known mistake of lecture 1 and is not it."""

from grader.misconceptions import Edit
from grader.misconceptions.lecture1_micrograd import (
    DERIVATIVES,
    DIVISION,
    ENGINE,
    NN,
    OWN_DIVISION,
    POWER_RULE,
    PRODUCT_RULE,
    SUM_RULE,
    TRAINING,
    UPDATE,
    WHOLE_SWEEP,
)
from near_misses import NearMiss, near

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
        near("every share counts with the mean of all before it", ENGINE, SUM_RULE,
             "            self.grad = (self.grad + out.grad) / 2\n"
             "            other.grad = (other.grad + out.grad) / 2\n"),
    ),
    "topo-forward-order": (
        near("the sweep ends after the last two operations", ENGINE, SWEEP, "for v in topo[:-3:-1]:"),
        near("the sweep is right and leaves the result itself out", ENGINE, SWEEP, "for v in reversed(topo[:-1]):"),
    ),
    "naive-recursion": (
        near("level by level, once for every use", ENGINE, WHOLE_SWEEP, BREADTH_FIRST_ONCE_PER_USE),
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
        NearMiss("Values made by the same operation are taken for one", (
            Edit(ENGINE, "if v not in visited:", "if v._op not in visited:"),
            Edit(ENGINE, "visited.add(v)", "visited.add(v._op)"),
        )),
    ),
    "missing-child": (
        near("exp remembers no input at all", ENGINE, '(self,), "exp"', '(), "exp"'),
        near("tanh remembers no input at all", ENGINE, '(self,), "tanh"', '(), "tanh"'),
    ),
    "seed-not-one": (
        near("the sweep sets out from the result's number", ENGINE, "self.grad = 1.0\n", "self.grad = self.data\n"),
        near("the sweep sets out from 2", ENGINE, "self.grad = 1.0\n", "self.grad = 2.0\n"),
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
        near("a sum multiplies by the number itself", ENGINE, SUM_RULE,
             "            self.grad += self.data * out.grad\n            other.grad += other.data * out.grad\n"),
        near("a sum multiplies one share by the other number", ENGINE, TO_SELF,
             "            self.grad += other.data * out.grad\n"),
    ),
    "local-grad-without-chain": (
        near("the slope is multiplied by the result and not by its gradient", ENGINE, "out.grad", "out.data", 9),
        near("the gradient that arrives counts twice", ENGINE, "out.grad", "out.grad**2", 9),
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
        near("2 - a is -2 - a", ENGINE, "return (-self) + other", "return (-self) - other"),
        near("2 / a is 2 * a", ENGINE, "return self**-1 * other", "return self * other"),
    ),
    "pow-rule": (
        near("the exponent is two lower", ENGINE, POWER_RULE, "other * self.data ** (other - 2) * out.grad"),
        near("the lowered exponent comes down", ENGINE, POWER_RULE,
             "(other - 1) * self.data ** (other - 1) * out.grad"),
    ),
    "div-second-operand": (
        near("below the line the slope is that of a third power", ENGINE, OWN_DIVISION,
             DIVISION.format(slope="-self.data / other.data**3")),
        near("the slope above the line is wrong, the one below is right", ENGINE, OWN_DIVISION,
             DIVISION.format(slope="-self.data / other.data**2").replace("out.grad / other.data", "out.grad")),
    ),
    "tanh-from-input": (
        near("the square of the right slope", ENGINE, "(1 - out.data**2)", "(1 - out.data**2) ** 2"),
        near("the square is added", ENGINE, "(1 - out.data**2)", "(1 + out.data**2)"),
    ),
    "exp-uses-input": (
        near("the power rule is used for exp", ENGINE, "out.data * out.grad",
             "self.data * out.data / math.e * out.grad"),
        near("the slope of exp is its input and one more", ENGINE, "out.data * out.grad", "(self.data + 1) * out.grad"),
    ),
    "relu-mask": (
        near("a hundredth leaks through", ENGINE, "(self.data > 0) * out.grad",
             "(1.0 if self.data > 0 else 0.01) * out.grad"),
        near("where the input is above 0, the gradient is multiplied by it", ENGINE, "(self.data > 0) * out.grad",
             "max(self.data, 0.0) * out.grad"),
    ),
    "scalar-not-wrapped": (
        near("in 1 + a the number is lost", ENGINE, "        return self + other\n", "        return self\n"),
        near("the number counts twice in 1 + a", ENGINE, "        return self + other\n",
             "        return self + other + other\n"),
    ),
    "zero-grad-missing": (
        near("the gradients are cleared in every second step", TRAINING,
             "        model.zero_grad()\n", "        if _ % 2:\n            model.zero_grad()\n"),
        near("half of the old gradients is kept", TRAINING, "        model.zero_grad()\n",
             "        for p in model.parameters():\n            p.grad *= 0.5\n"),
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
        near("backward runs twice on each graph", TRAINING, "        loss.backward()\n",
             "        loss.backward()\n        loss.backward()\n"),
    ),
    "step-uphill": (
        near("every parameter goes down, whatever the sign of its gradient", TRAINING,
             "-lr * p.grad", "-lr * abs(p.grad)"),
        near("the rate is added to the gradient", TRAINING, "-lr * p.grad", "-lr + p.grad"),
    ),
    "update-rebinds": (
        near("only the first parameter moves", TRAINING, UPDATE, f"{UPDATE}        return\n"),
    ),
    "params-incomplete": (
        near("the bias comes first", NN, "return self.w + [self.b]", "return [self.b] + self.w"),
        near("the bias is listed twice", NN, "return self.w + [self.b]", "return self.w + [self.b, self.b]"),
    ),
    "neuron-shape": (
        near("the bias counts twice", NN, "self.b)\n", "self.b + self.b)\n"),
        near("tanh of tanh", NN, "return act.tanh()", "return act.tanh().tanh()"),
        near("relu takes the place of tanh", NN, "return act.tanh()", "return act.relu()"),
    ),
    "numeric-slope-h": (
        near("both sides, and divided by h", DERIVATIVES, SYMMETRIC, "return (f(x + h) - f(x - h)) / h"),
        near("the nudge goes twice as far to the right", DERIVATIVES, SYMMETRIC,
             "return (f(x + 2 * h) - f(x - h)) / (3 * h)"),
    ),
    "loss-not-squared": (
        near("the mean of the squares", TRAINING, SQUARES, f"{SQUARES} * (1 / len(targets))"),
        near("third powers", TRAINING, "(yout - ygt) ** 2", "(yout - ygt) ** 3"),
    ),
}  # fmt: skip
