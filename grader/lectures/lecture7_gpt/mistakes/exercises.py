"""Known mistakes of lecture 7 in its own exercises: sums, fine-tuning and rotations."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import EXERCISES

TOTAL = 'total = f"{a + b:0{ndigit + 1}d}"[::-1]             # ones first, as we add on paper'
MASKED = "    y[:, : 2 * ndigit - 1] = -1\n"
LOSS = "F.cross_entropy(logits.view(B * T, C), targets.view(B * T), ignore_index=-1)"
STEP = "p.data -= lr * p.grad"
COPY = "    model = copy.deepcopy(model)\n"
BETTER = "        if losses[-1] < min(losses[:-1]):\n            best = copy.deepcopy(model)\n"
ANGLE = "angle = t[:, None] / 10000 ** (2 * i / C)"

MISCONCEPTIONS = (
    Misconception(
        "sum-not-reversed",
        "The digits of the sum stand as they are read, and not backwards.",
        "Which digit of the sum can be known first, when one adds on paper?",
        (edit(EXERCISES, TOTAL, TOTAL.replace("[::-1]", "")),),
    ),
    Misconception(
        "sum-not-padded",
        "Numbers with few digits make shorter rows, or zeros stand at the wrong end.",
        "How many digits has each row, if all rows of a batch have the same length?",
        (
            edit(EXERCISES, TOTAL, TOTAL.replace("{ndigit + 1}", "{ndigit}")),
            edit(EXERCISES, TOTAL, 'total = str(a + b)[::-1].rjust(ndigit + 1, "0")'),
            edit(EXERCISES, TOTAL, 'total = str(a + b).ljust(ndigit + 1, "0")[::-1]'),
        ),
    ),
    Misconception(
        "targets-not-masked",
        "Digits of the question count as targets, or the first digits of the answer do not.",
        "Which digits of the row can be foretold from those before? Print y, and count the -1.",
        (
            edit(EXERCISES, MASKED, ""),
            edit(EXERCISES, MASKED, MASKED.replace("2 * ndigit - 1", "2 * ndigit")),
            edit(EXERCISES, MASKED, MASKED.replace("2 * ndigit - 1", "ndigit - 1")),
        ),
    ),
    Misconception(
        "masked-mean-over-all",
        "The loss is not the mean over the positions that count: others are counted too, or it is a sum.",
        "Over how many positions is the mean taken, if one of ten counts?",
        (
            edit(EXERCISES, LOSS, LOSS[:-1] + ', reduction="sum") / (B * T)'),
            edit(EXERCISES, LOSS, LOSS[:-1] + ', reduction="sum")'),
        ),
    ),
    Misconception(
        "tunes-the-original",
        "The pretrained model itself is changed.",
        "Print the pretrained model's numbers before and after. Who else holds the same object?",
        (
            edit(EXERCISES, COPY, ""),
            edit(EXERCISES, COPY, "    model = copy.copy(model)\n"),
        ),
    ),
    Misconception(
        "tune-not-the-best",
        "The model that is returned is not the one with the lowest loss on what was kept back.",
        "Which of the losses in the list belongs to the model that you return?",
        (
            edit(EXERCISES, BETTER, "        best = model\n"),
            edit(EXERCISES, BETTER, BETTER.replace("copy.deepcopy(model)", "model")),
            edit(EXERCISES, BETTER, ""),
            edit(EXERCISES, BETTER, BETTER.replace("<", ">").replace("min", "max")),
            edit(EXERCISES, BETTER, BETTER.replace("min(losses[:-1])", "losses[-2]")),
        ),
    ),
    Misconception(
        "zero-grad-missing",
        "The gradients of the last step are still there when the next one is added to them.",
        "Print the gradient of one parameter in two steps in a row. What is the second one made of?",
        (edit(EXERCISES, "        model.zero_grad()\n", ""),),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(EXERCISES, STEP, STEP.replace("-=", "+=")),),
    ),
    Misconception(
        "kept-back-not-measured",
        "The losses are not those on the data that was kept back, or some are missing.",
        "Which data gives each loss of the list, and when is the first of them measured?",
        (
            edit(EXERCISES, "losses.append(model(*kept_back)[1].item())", "losses.append(model(x, y)[1].item())"),
            edit(EXERCISES, "    return best, losses\n", "    return best, losses[1:]\n"),
            edit(EXERCISES, "    return best, losses\n", "    return best, losses[:-1]\n"),
        ),
    ),
    Misconception(
        "rotary-angle",
        "The angles are not those of the statement: other speeds, or places counted from 1.",
        "By which angle is the first pair of position 1 turned, and what happens at position 0?",
        (
            edit(EXERCISES, ANGLE, ANGLE.replace("2 * i / C", "i / C")),
            edit(EXERCISES, ANGLE, "angle = (t[:, None] + 1) / 10000 ** (2 * i / C)"),
            edit(EXERCISES, ANGLE, ANGLE.replace("(2 * i / C)", "(2 * (i + 1) / C)")),
            edit(EXERCISES, ANGLE, "angle = t[:, None] * 10000 ** (2 * i / C)"),
        ),
    ),
    Misconception(
        "rotary-no-rotation",
        "What is done to a pair is no rotation: it changes lengths, or products at the same distance.",
        "Print the length of a vector before and after. Which sign belongs to each of the four terms?",
        (
            edit(EXERCISES, "a * angle.cos() - b * angle.sin()", "a * angle.cos() + b * angle.sin()"),
            edit(EXERCISES, "a * angle.sin() + b * angle.cos()", "a * angle.sin() - b * angle.cos()"),
            edit(EXERCISES, "a * angle.sin() + b * angle.cos()", "a * angle.cos() + b * angle.sin()"),
            edit(EXERCISES, "a * angle.cos() - b * angle.sin()", "a * angle.cos()"),
        ),
    ),
)
