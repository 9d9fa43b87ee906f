"""Known mistakes in engine.py of lecture 1: log, tanh and relu, forward and back."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import ENGINE, LOG_RULE, RELU_RULE, TANH_RULE

LOG, TANH = "math.log(self.data)", "math.tanh(self.data)"
TWICE = "math.exp(2 * self.data)"
SIGMOID = "1 / (1 + math.exp(-self.data))"

MISCONCEPTIONS = (
    Misconception(
        "log-rule",
        "The slope of log is not one divided by its input.",
        "Measure the slope of log at 2 and at 4 with a small nudge. How does it depend on the input?",
        tuple(
            edit(ENGINE, LOG_RULE, f"{slope} * out.grad")
            for slope in (
                "(-1 / self.data)",
                "(1 / out.data)",
                "self.data",
                "out.data",
                "(1 / self.data**2)",
                "(1 / (self.data * math.log(10)))",
            )
        ),
    ),
    Misconception(
        "log-other-base",
        "log is taken to another base than e.",
        "Which number does your log give for e, and which for 10 and for 2?",
        tuple(
            (Edit(ENGINE, LOG, f"math.log{base}(self.data)"), *slope)
            for base in (10, 2)
            for slope in ((), (Edit(ENGINE, LOG_RULE, f"(1 / (self.data * math.log({base}))) * out.grad"),))
        ),
    ),
    Misconception(
        "log-opposite-sign",
        "log returns its result with the opposite sign.",
        "Is the logarithm of 2 above 0 or below? What does your engine say?",
        (
            edit(ENGINE, LOG, f"-{LOG}"),
            (Edit(ENGINE, LOG, f"-{LOG}"), Edit(ENGINE, LOG_RULE, "(-1 / self.data) * out.grad")),
        ),
    ),
    Misconception(
        "tanh-upside-down",
        "What tanh returns is one divided by the tanh: what belongs above the line stands below it.",
        "Between which two numbers does tanh lie? Where is yours for a large input, and where for a small one?",
        (
            edit(ENGINE, TANH, f"({TWICE} + 1) / ({TWICE} - 1)"),
            (
                Edit(ENGINE, TANH, f"({TWICE} + 1) / ({TWICE} - 1)"),
                Edit(ENGINE, TANH_RULE, "(1 - math.tanh(self.data) ** 2) * out.grad"),
            ),
        ),
    ),
    Misconception(
        "tanh-of-half",
        "What tanh returns is the tanh of half its input.",
        "How often does the input stand in the exponent, in the formula of tanh?",
        (
            edit(ENGINE, TANH, "(math.exp(self.data) - 1) / (math.exp(self.data) + 1)"),
            (
                Edit(ENGINE, TANH, "math.tanh(self.data / 2)"),
                Edit(ENGINE, TANH_RULE, "(1 - math.tanh(self.data) ** 2) * out.grad"),
            ),
        ),
    ),
    Misconception(
        "tanh-opposite-sign",
        "tanh returns its result with the opposite sign.",
        "Is tanh of a number above 0 above 0 or below? Which of the two exponentials is the larger one there?",
        (edit(ENGINE, TANH, f"(1 - {TWICE}) / (1 + {TWICE})"),),
    ),
    Misconception(
        "tanh-is-sigmoid",
        "What tanh returns is the sigmoid, which lies between 0 and 1.",
        "What is tanh of 0? What does yours return there?",
        (
            edit(ENGINE, TANH, SIGMOID),
            (Edit(ENGINE, TANH, SIGMOID), Edit(ENGINE, TANH_RULE, "out.data * (1 - out.data) * out.grad")),
        ),
    ),
    Misconception(
        "relu-mask",
        "relu passes the gradient on by something other than where its input is above 0.",
        "Where the output stays flat at 0, what can a nudge of the input do?",
        tuple(
            edit(ENGINE, RELU_RULE, share)
            for share in (
                "out.grad",
                "(out.grad > 0) * out.grad",
                "(self.data < 0) * out.grad",
                "(self.grad > 0) * out.grad",
                "1.0",
                "out.data * out.grad",
                "self.data * out.grad",
            )
        ),
    ),
)
