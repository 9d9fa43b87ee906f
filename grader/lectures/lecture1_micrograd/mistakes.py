"""The known mistakes of lecture 1, each as the smallest edit of our solution that makes it."""

from grader.judging.mistakes.known import Edit, Misconception

ENGINE, NN, TRAINING, DERIVATIVES = "engine.py", "nn.py", "training.py", "derivatives.py"

SUM_RULE = "            self.grad += out.grad\n            other.grad += out.grad\n"
PRODUCT_RULE = "            self.grad += other.data * out.grad\n            other.grad += self.data * out.grad\n"
POWER_RULE = "other * self.data ** (other - 1) * out.grad"
RULES = (
    SUM_RULE,
    PRODUCT_RULE,
    "self.grad += other * self.data",
    "self.grad += out.data * out.grad",
    "self.grad += (1 / self.data)",
    "self.grad += (1 - out.data**2)",
    "self.grad += (self.data > 0)",
)

WHOLE_SWEEP = """        # topological order: every node stands behind all the nodes it was made from
        topo = []
        visited = set()

        def build_topo(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build_topo(child)
                topo.append(v)

        build_topo(self)

        # from the output back: d(self)/d(self) is 1, the chain rule does the rest
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
"""
UNORDERED = """        self.grad = 1.0
        def visit(v):
            v._backward()
            for child in {children}:
                visit(child)
        visit(self)
"""
UNORDERED_SET = UNORDERED.replace("{children}", "dict.fromkeys({children})")  # in a + a, a set holds a once
PREORDER = """        self.grad = 1.0
        visited = set()
        def visit(v):
            if v not in visited:
                visited.add(v)
                v._backward()
                for child in {children}:
                    visit(child)
        visit(self)
"""
BREADTH_FIRST = """        self.grad = 1.0
        queue, visited = [self], {{self}}
        while queue:
            v = queue.pop(0)
            v._backward()
            for child in {children}:
                if child not in visited:
                    visited.add(child)
                    queue.append(child)
"""


# the orders in which a set of children may come, from node to node
CHILDREN = (
    "v._prev",
    "reversed(v._prev)",
    '(v._prev if v._op == "*" else v._prev[::-1])',
    '(v._prev if v._op == "+" else v._prev[::-1])',
)


def sweep(order: str) -> tuple[tuple[Edit, ...], ...]:
    """A whole backward() in another order, with the children taken in every order that matters."""
    return tuple((Edit(ENGINE, WHOLE_SWEEP, order.format(children=children)),) for children in CHILDREN)


def overwriting() -> tuple[tuple[Edit, ...], ...]:
    """Assigning in all operations or in one, with the children visited from the left and from the right."""
    every = Edit(ENGINE, ".grad +=", ".grad =", 9)
    one = [Edit(ENGINE, rule, rule.replace("+=", "="), 1) for rule in RULES]
    right = Edit(ENGINE, "for child in v._prev:", "for child in reversed(v._prev):")
    return tuple(variant for e in (every, *one) for variant in ((e,), (e, right)))


def edit(file: str, old: str, new: str, times: int = 1) -> tuple[Edit, ...]:
    """A variant that is a single edit."""
    return (Edit(file, old, new, times),)


WRAP = "other = other if isinstance(other, Value) else Value(other)\n        out = "
OWN_DIVISION = """        other = other if isinstance(other, Value) else Value(other)
        return self * other**-1
"""
DIVISION = """        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data / other.data, (self, other), "/")

        def _backward():
            self.grad += out.grad / other.data
            other.grad += {slope} * out.grad

        out._backward = _backward
        return out
"""
UPDATE = "        p.data += -lr * p.grad\n"

MISCONCEPTIONS = (
    Misconception(
        "grad-overwrite",
        "Your gradient is replaced where it should be added to, so that only the last use of a Value counts.",
        "How many times is this Value used? What happens to its first share when the second one arrives?",
        overwriting(),
        varies=True,
    ),
    Misconception(
        "topo-forward-order",
        "Your sweep runs from the inputs to the result, so that a Value passes its gradient on before it has any.",
        "When a Value passes its gradient on, has it already received it?",
        (edit(ENGINE, "for v in reversed(topo):", "for v in topo:"),),
    ),
    Misconception(
        "naive-recursion",
        "Your sweep visits a result once for every use of it, and passes its gradient on again each time.",
        "Draw a result that two later ones use and that has inputs of its own. How often does its closure run?",
        (*sweep(UNORDERED), *sweep(UNORDERED_SET)),
        varies=True,
    ),
    Misconception(
        "dfs-preorder-visited",
        "Your sweep follows one path down to the inputs before the other paths have brought their gradient.",
        "Each result is visited once, but has everything arrived by then?",
        sweep(PREORDER),
        varies=True,
    ),
    Misconception(
        "bfs-visited",
        "Your sweep goes level by level, so that a result near the end passes on before a longer path has come in.",
        "Find a result that is one step from the end by one path and three by another. Which share comes too late?",
        sweep(BREADTH_FIRST),
        varies=True,
    ),
    Misconception(
        "visited-by-value",
        "Two different Values that hold the same number are taken for one, and only one of them is visited.",
        "If a = 2 and b = 2, are they the same Value? How does your sweep tell them apart?",
        (
            (
                Edit(ENGINE, "if v not in visited:", "if v.data not in visited:"),
                Edit(ENGINE, "visited.add(v)", "visited.add(v.data)"),
            ),
        ),
    ),
    Misconception(
        "missing-child",
        "Of two Values in an operation only one is remembered or visited: nothing behind the other gets a gradient.",
        "Draw the graph. Is every arrow there, and does your sweep follow each of them?",
        (
            (
                Edit(ENGINE, '(self, other), "+"', '(self,), "+"'),
                Edit(ENGINE, '(self, other), "*"', '(self,), "*"'),
            ),
            edit(ENGINE, '(self, other), "+"', '(self,), "+"'),
            edit(ENGINE, '(self, other), "*"', '(self,), "*"'),
            (
                Edit(ENGINE, '(self, other), "+"', '(other,), "+"'),
                Edit(ENGINE, '(self, other), "*"', '(other,), "*"'),
            ),
            edit(ENGINE, "for child in v._prev:", "for child in v._prev[:1]:"),
            edit(ENGINE, "for child in v._prev:", "for child in v._prev[-1:]:"),
        ),
    ),
    Misconception(
        "seed-not-one",
        "No gradient sets out: that of the result itself stays 0, and so do all the others.",
        "By how much does the result change if the result changes by one?",
        (edit(ENGINE, "        self.grad = 1.0\n", ""),),
    ),
    Misconception(
        "closure-on-self",
        "The closure is stored on an input, where a later operation on the same Value replaces it.",
        "Whose gradient does the closure read? Which Value should own it?",
        (edit(ENGINE, "out._backward = _backward", "self._backward = _backward", 7),),
    ),
    Misconception(
        "closure-called-early",
        "The closure is called when it should only be stored, so that what is stored is None.",
        "Do you hand over the function, or what it returned?",
        (edit(ENGINE, "out._backward = _backward", "out._backward = _backward()", 7),),
    ),
    Misconception(
        "mul-own-data",
        "In a product, each factor's gradient is multiplied by its own number.",
        "If b becomes twice as large, by how much more does a * b react to a?",
        (
            edit(
                ENGINE,
                PRODUCT_RULE,
                PRODUCT_RULE.replace("other.data", "X").replace("self.data", "other.data").replace("X", "self.data"),
            ),
        ),
    ),
    Misconception(
        "mul-both-to-self",
        "In a product, both shares of the gradient go to the first factor.",
        "Which of your two inputs ends up with gradient 0? Read the two lines side by side.",
        (edit(ENGINE, "other.grad += self.data * out.grad", "self.grad += self.data * out.grad"),),
    ),
    Misconception(
        "add-uses-product-rule",
        "A sum passes its gradient on as if it were a product.",
        "Move a by 0.001. How far does a + b move?",
        (edit(ENGINE, SUM_RULE, PRODUCT_RULE),),
    ),
    Misconception(
        "local-grad-without-chain",
        "The slope of the operation alone is added, without the gradient that arrives at its result.",
        "Your rule is right for the very last operation. What must the one before it multiply by?",
        (
            (
                Edit(ENGINE, SUM_RULE, "            self.grad += 1.0\n            other.grad += 1.0\n"),
                Edit(ENGINE, "self.data * out.grad\n\n", "self.data\n\n"),
                Edit(ENGINE, "other.data * out.grad", "other.data"),
                Edit(ENGINE, POWER_RULE, "other * self.data ** (other - 1)"),
                Edit(ENGINE, "out.data * out.grad", "out.data"),
                Edit(ENGINE, "(1 / self.data) * out.grad", "(1 / self.data)"),
                Edit(ENGINE, "(1 - out.data**2) * out.grad", "(1 - out.data**2)"),
                Edit(ENGINE, "(self.data > 0) * out.grad", "float(self.data > 0)"),
            ),
        ),
    ),
    Misconception(
        "sub-other-sign",
        "A difference passes its gradient on to the second number with the sign of the first.",
        "If b grows, does a - b grow?",
        (
            edit(
                ENGINE,
                "        return self + (-other)\n",
                "        other = other if isinstance(other, Value) else Value(other)\n"
                '        out = Value(self.data - other.data, (self, other), "-")\n\n'
                "        def _backward():\n" + SUM_RULE + "\n        out._backward = _backward\n        return out\n",
            ),
        ),
    ),
    Misconception(
        "reflected-swapped",
        "With a plain number on the left, the two sides change places.",
        "In 2 - a, whose method does Python call, and what is `self` in there?",
        (
            (
                Edit(ENGINE, "return (-self) + other", "return self + (-other)"),
                Edit(ENGINE, "return self**-1 * other", "return self * other**-1"),
            ),
        ),
    ),
    Misconception(
        "pow-rule",
        "The power rule is applied halfway: the exponent comes down in front, and what stays above is one lower.",
        "Measure the slope of a ** 3 at a = 2 with a small nudge. What does your rule say?",
        (
            edit(ENGINE, POWER_RULE, "self.data ** (other - 1) * out.grad"),
            edit(ENGINE, POWER_RULE, "other * self.data ** other * out.grad"),
        ),
    ),
    Misconception(
        "div-second-operand",
        "The gradient of the number below the line is not that of one divided by it.",
        "Can you write a / b as a times a power of b, and use what you already have?",
        tuple(
            edit(ENGINE, OWN_DIVISION, DIVISION.format(slope=slope))
            for slope in (
                "1 / other.data",
                "self.data / other.data**2",
                "-1 / other.data**2",
                "-self.data / other.data",
            )
        ),
    ),
    Misconception(
        "tanh-from-input",
        "The slope of tanh is not taken from the square of what tanh returned.",
        "The slope of tanh has a neat form in terms of one number. Is it the input or the output, and is it squared?",
        tuple(
            edit(ENGINE, "(1 - out.data**2) * out.grad", f"{slope} * out.grad")
            for slope in ("(1 - self.data**2)", "(1 - out.data)", "out.data")
        ),
    ),
    Misconception(
        "exp-uses-input",
        "The slope of exp is taken to be its input.",
        "Which function is its own slope? Where is its value already stored?",
        (edit(ENGINE, "out.data * out.grad", "self.data * out.grad"),),
    ),
    Misconception(
        "relu-mask",
        "relu passes the gradient on by something other than where its input is above 0.",
        "Where the output stays flat at 0, what can a nudge of the input do?",
        (
            edit(ENGINE, "(self.data > 0) * out.grad", "out.grad"),
            edit(ENGINE, "(self.data > 0) * out.grad", "(out.grad > 0) * out.grad"),
            edit(ENGINE, "(self.data > 0) * out.grad", "(self.data < 0) * out.grad"),
        ),
    ),
    Misconception(
        "scalar-not-wrapped",
        "A plain number next to a Value is not turned into a Value first, or the reflected operators are missing.",
        "What is the type of the other operand when I write a + 1? Which method does Python look for in 1 + a?",
        (
            edit(ENGINE, WRAP, "out = ", 2),
            (
                Edit(ENGINE, "    def __radd__(", "    def _unused_radd("),
                Edit(ENGINE, "    def __rmul__(", "    def _unused_rmul("),
            ),
            edit(ENGINE, "    def __radd__(", "    def _unused_radd("),
            edit(ENGINE, "    def __rmul__(", "    def _unused_rmul("),
            (
                Edit(ENGINE, WRAP, "out = ", 2),
                Edit(ENGINE, "    def __radd__(", "    def _unused_radd("),
                Edit(ENGINE, "    def __rmul__(", "    def _unused_rmul("),
            ),
        ),
    ),
    Misconception(
        "zero-grad-missing",
        "The gradients of the last step are still there when the next one is added to them.",
        "Print the gradient of one weight in two steps in a row. What is the second one made of?",
        (edit(TRAINING, "        model.zero_grad()\n", ""),),
    ),
    Misconception(
        "zero-grad-before-step",
        "The gradients are set back to 0 after backward and before the step, so that the step has nothing to go by.",
        "Which number does the update see?",
        (
            edit(
                TRAINING,
                "        model.zero_grad()\n        loss.backward()\n",
                "        loss.backward()\n        model.zero_grad()\n",
            ),
        ),
    ),
    Misconception(
        "backward-not-idempotent",
        "One graph is swept again in every step: the results in between pass on old gradients too.",
        "You set the weights' gradients back to 0. Who does it for the results in between?",
        (
            (
                Edit(
                    TRAINING,
                    "    for _ in range(steps):\n        # forward pass\n        ypred = [model(x) for x in xs]\n"
                    "        loss = squared_error(ypred, ys)\n",
                    "    loss = squared_error([model(x) for x in xs], ys)\n    for _ in range(steps):\n",
                ),
            ),
            (
                Edit(
                    TRAINING,
                    "    for _ in range(steps):\n        # forward pass\n        ypred = [model(x) for x in xs]\n"
                    "        loss = squared_error(ypred, ys)\n        losses.append(loss.data)\n",
                    "    loss = squared_error([model(x) for x in xs], ys)\n    for _ in range(steps):\n"
                    "        losses.append(squared_error([model(x) for x in xs], ys).data)\n",
                ),
            ),
        ),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(TRAINING, "-lr * p.grad", "lr * p.grad"),),
    ),
    Misconception(
        "update-rebinds",
        "After the step the parameters in the list still hold their old numbers.",
        "After your loop, is the object in the list another one than before?",
        (edit(TRAINING, UPDATE, "        p = p - lr * p.grad\n"),),
    ),
    Misconception(
        "params-incomplete",
        "Some of the parameters are missing from parameters(), so that training never moves them.",
        "Count by hand how many numbers your net may change. How many does parameters() list?",
        (
            edit(NN, "return self.w + [self.b]", "return list(self.w)"),
            edit(NN, "return self.w + [self.b]", "return [self.b]"),
            edit(NN, "for neuron in self.neurons for", "for neuron in self.neurons[-1:] for"),
            edit(NN, "for neuron in self.neurons for", "for neuron in self.neurons[:1] for"),
            edit(NN, "for layer in self.layers for", "for layer in self.layers[-1:] for"),
            edit(NN, "for layer in self.layers for", "for layer in self.layers[:-1] for"),
        ),
    ),
    Misconception(
        "neuron-shape",
        "A neuron's bias, its own weights, or its tanh is left out somewhere in the net.",
        "What comes out of a neuron that is fed with zeros? Do two neurons ever agree? Is there a tanh at the end?",
        (
            edit(
                NN,
                "sum((wi * xi for wi, xi in zip(self.w, x)), self.b)",
                "sum(wi * xi for wi, xi in zip(self.w, x))",
            ),
            edit(NN, "return act.tanh()", "return act"),
            edit(NN, "[Neuron(nin, rng) for _ in range(nout)]", "[Neuron(nin, rng)] * nout"),
            (
                Edit(
                    NN,
                    "def __init__(self, nin, rng=random):",
                    "def __init__(self, nin, rng=random, nonlin=True):",
                ),
                Edit(
                    NN,
                    "        self.b = Value(rng.uniform(-1, 1))\n",
                    "        self.b = Value(rng.uniform(-1, 1))\n        self.nonlin = nonlin\n",
                ),
                Edit(NN, "return act.tanh()", "return act.tanh() if self.nonlin else act"),
                Edit(
                    NN,
                    "        for layer in self.layers:\n",
                    "        for n in self.layers[-1].neurons:\n            n.nonlin = False\n"
                    "        for layer in self.layers:\n",
                ),
            ),
        ),
    ),
    Misconception(
        "numeric-slope-h",
        "The nudge is not the one asked for: it goes to one side only, or is too small for the computer to see.",
        "Which two places do you compare, and how far apart are they? Can your computer tell x and x + h apart?",
        (
            edit(DERIVATIVES, "return (f(x + h) - f(x - h)) / (2 * h)", "return (f(x + h) - f(x)) / h"),
            edit(DERIVATIVES, "return (f(x + h) - f(x - h)) / (2 * h)", "return (f(x) - f(x - h)) / h"),
            edit(
                DERIVATIVES,
                "slopes.append((f(*up) - f(*down)) / (2 * h))",
                "slopes.append((f(*up) - f(*args)) / h)",
            ),
            (
                Edit(DERIVATIVES, "    # how much the output moves, per unit of input\n", "    h = 1e-17\n"),
                Edit(
                    DERIVATIVES,
                    "    # the errors of the two sides cancel in first order; the two ends are 2h apart\n",
                    "    h = 1e-17\n",
                ),
                Edit(DERIVATIVES, "    slopes = []\n", "    slopes = []\n    h = 1e-17\n"),
            ),
        ),
    ),
    Misconception(
        "loss-not-squared",
        "The differences are added up as they are, so that errors of opposite sign cancel or count too little.",
        "Can your loss be negative, or grow evenly with an error that doubles? Which does the statement ask for?",
        (
            edit(TRAINING, "sum((yout - ygt) ** 2 for", "sum(yout - ygt for"),
            edit(TRAINING, "sum((yout - ygt) ** 2 for", "sum(((yout - ygt) ** 2) ** 0.5 for"),
        ),
    ),
)
