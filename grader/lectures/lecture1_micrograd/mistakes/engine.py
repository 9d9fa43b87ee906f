"""Known mistakes in engine.py of lecture 1: the rule of one operation, and the numbers beside a Value."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import ENGINE, PRODUCT_RULE, SUM_RULE

POWER_RULE = "other * self.data ** (other - 1) * out.grad"
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

MISCONCEPTIONS = (
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
)
