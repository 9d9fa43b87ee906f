"""Known mistakes in engine.py of lecture 1: the rule of one operation."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import (
    ENGINE,
    EXP_RULE,
    LOG_RULE,
    POWER_RULE,
    PRODUCT_RULE,
    RELU_RULE,
    SUM_RULE,
    TANH_RULE,
    difference,
    quotient,
)

# the slope of each operation alone, where the share is its slope times what arrives
ALONE = (
    Edit(ENGINE, SUM_RULE, "            self.grad += 1.0\n            other.grad += 1.0\n"),
    Edit(ENGINE, PRODUCT_RULE, PRODUCT_RULE.replace(" * out.grad", "")),
    *(Edit(ENGINE, rule, rule.removesuffix(" * out.grad")) for rule in (POWER_RULE, EXP_RULE, LOG_RULE, TANH_RULE)),
    Edit(ENGINE, RELU_RULE, "float(self.data > 0)"),
)

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
        (ALONE, *((edit,) for edit in ALONE)),
    ),
    Misconception(
        "sub-other-sign",
        "A difference passes its gradient on to the second number with the sign of the first.",
        "If b grows, does a - b grow?",
        difference("self.grad += out.grad", "other.grad += out.grad"),
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
            way
            for slope in (
                "1 / other.data",
                "self.data / other.data**2",
                "-1 / other.data**2",
                "-self.data / other.data",
            )
            for way in quotient("self.grad += out.grad / other.data", f"other.grad += {slope} * out.grad")
        ),
    ),
    Misconception(
        "tanh-from-input",
        "The slope of tanh is not taken from the square of what tanh returned.",
        "The slope of tanh has a neat form in terms of one number. Is it the input or the output, and is it squared?",
        tuple(
            edit(ENGINE, TANH_RULE, f"{slope} * out.grad")
            for slope in ("(1 - self.data**2)", "(1 - out.data)", "out.data")
        ),
    ),
    Misconception(
        "exp-uses-input",
        "The slope of exp is taken to be its input.",
        "Which function is its own slope? Where is its value already stored?",
        (edit(ENGINE, EXP_RULE, "self.data * out.grad"),),
    ),
)
