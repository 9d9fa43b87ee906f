"""What resembles a known mistake of lecture 7 in its own exercises, and is not it."""

from grader.lectures.lecture7_gpt.mistakes.exercises import ANGLE, BETTER, COPY, LOSS, MASKED, STEP, TOTAL
from grader.lectures.lecture7_gpt.mistakes.shared import EXERCISES
from near_misses import near

KEPT = "losses.append(model(*kept_back)[1].item())"

NEAR_MISSES = {
    "sum-not-reversed": (
        near("the difference in place of the sum", EXERCISES, TOTAL, TOTAL.replace("a + b", "abs(a - b)")),
    ),
    "sum-not-padded": (
        near("the product in place of the sum", EXERCISES, TOTAL, TOTAL.replace("a + b", "a * b % 10 ** ndigit")),
    ),
    "targets-not-masked": (near("only the last digit counts", EXERCISES, MASKED, "    y[:, :-1] = -1\n"),),
    "masked-mean-over-all": (near("a price on large logits", EXERCISES, LOSS, f"{LOSS} + 0.01 * logits.mean()"),),
    "tunes-the-original": (
        near("it begins from half of the numbers", EXERCISES, COPY, f"{COPY}    model.table.data.mul_(0.5)\n"),
    ),
    "tune-not-the-best": (
        near(
            "the best model is kept with other numbers",
            EXERCISES,
            BETTER,
            f"{BETTER}            best.bias.data += 0.1\n",
        ),
    ),
    "zero-grad-missing": (
        near(
            "gradients are halved, not cleared",
            EXERCISES,
            "model.zero_grad()",
            "[p.grad.mul_(0.5) for p in model.parameters() if p.grad is not None]",
        ),
    ),
    "step-uphill": (near("half a step", EXERCISES, STEP, STEP.replace("lr", "0.5 * lr")),),
    "kept-back-not-measured": (
        near(
            "the mean of both losses",
            EXERCISES,
            KEPT,
            KEPT.replace("model(*kept_back)[1].item()", "(model(*kept_back)[1] + model(x, y)[1]).item() / 2"),
        ),
    ),
    "rotary-angle": (near("another base", EXERCISES, ANGLE, ANGLE.replace("10000", "1000")),),
    "rotary-no-rotation": (
        near(
            "everything is a little longer", EXERCISES, "torch.cat([a * angle.cos()", "1.1 * torch.cat([a * angle.cos()"
        ),
    ),
}
