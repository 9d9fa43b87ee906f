"""Known mistakes of lecture 9 in Adam, in training, and in inventing names."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture9_microgpt.mistakes.shared import (
    COOLED,
    DRAWN,
    FIRST,
    M_HAT,
    MOVE,
    READ,
    SECOND,
    START,
    STEP,
    TRAINING,
    V_HAT,
)

MISCONCEPTIONS = (
    Misconception(
        "adam-uncorrected",
        "The running means are used as they are, although they began at 0 and are too low at first.",
        "After one step with gradient 3, what is m? What should it be?",
        (
            (Edit(TRAINING, M_HAT, "m_hat = m[i]"), Edit(TRAINING, V_HAT, "v_hat = v[i]")),
            edit(TRAINING, M_HAT, "m_hat = m[i]"),
            edit(TRAINING, V_HAT, "v_hat = v[i]"),
        ),
    ),
    Misconception(
        "adam-count-from-0",
        "The correction counts the first step as step 0.",
        "What is 1 - beta1 ** 0? How many gradients have gone into m after the first step?",
        (
            (
                Edit(TRAINING, M_HAT, M_HAT.replace("(step + 1)", "step")),
                Edit(TRAINING, V_HAT, V_HAT.replace("(step + 1)", "step")),
            ),
            (
                Edit(TRAINING, M_HAT, M_HAT.replace("(step + 1)", "max(step, 1)")),
                Edit(TRAINING, V_HAT, V_HAT.replace("(step + 1)", "max(step, 1)")),
            ),
        ),
    ),
    Misconception(
        "adam-correction-kept",
        "The corrected means are what is kept for the next step.",
        "Which numbers does the next step continue from?",
        (
            (
                Edit(TRAINING, M_HAT, f"m_hat = {M_HAT.replace('m_hat', 'm[i]')}"),
                Edit(TRAINING, V_HAT, f"v_hat = {V_HAT.replace('v_hat', 'v[i]')}"),
            ),
        ),
    ),
    Misconception(
        "adam-no-square",
        "The second running mean is one of gradients, or of their sizes, and not of their squares.",
        "v is divided by under a root. What is it a mean of, so that the units fit?",
        (
            edit(TRAINING, SECOND, SECOND.replace("p.grad**2", "abs(p.grad)")),
            edit(TRAINING, SECOND, SECOND.replace("p.grad**2", "p.grad")),
        ),
    ),
    Misconception(
        "adam-no-root",
        "The step is divided by the mean of squares and not by its root.",
        "If all gradients were ten times as large, how long should Adam's step be?",
        (edit(TRAINING, MOVE, MOVE.replace("v_hat**0.5", "v_hat")),),
    ),
    Misconception(
        "adam-epsilon",
        "eps is added under the root, or not at all.",
        "What is the root of 1e-8? And what happens where all gradients have been 0?",
        (
            edit(TRAINING, MOVE, MOVE.replace("(v_hat**0.5 + eps)", "(v_hat + eps) ** 0.5")),
            edit(TRAINING, MOVE, MOVE.replace("(v_hat**0.5 + eps)", "v_hat**0.5")),
        ),
    ),
    Misconception(
        "adam-shares-swapped",
        "The share of the old mean and that of the new gradient are exchanged.",
        "With beta1 = 0.85, how much of m is left after a step?",
        (
            (
                Edit(TRAINING, FIRST, "m[i] = (1 - beta1) * m[i] + beta1 * p.grad"),
                Edit(TRAINING, SECOND, "v[i] = (1 - beta2) * v[i] + beta2 * p.grad**2"),
            ),
            edit(TRAINING, FIRST, "m[i] = (1 - beta1) * m[i] + beta1 * p.grad"),
        ),
    ),
    Misconception(
        "adam-without-momentum",
        "The step follows the last gradient, not the running mean of gradients.",
        "What is m for, if the step does not depend on it?",
        (edit(TRAINING, MOVE, MOVE.replace("m_hat", "p.grad")),),
    ),
    Misconception(
        "zero-grad-missing",
        "The gradients of a step are still there when the next ones are added to them.",
        "Print the gradient of one parameter in two steps in a row. What is the second one made of?",
        (edit(TRAINING, "        p.grad = 0.0\n", ""),),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(TRAINING, MOVE, MOVE.replace("-=", "+=")),),
    ),
    Misconception(
        "rate-not-decayed",
        "The learning rate does not fall in a straight line from the full one towards 0.",
        "Print the learning rate of each of four steps: 1, 3/4, 1/2 and 1/4 of the full one?",
        (
            edit(TRAINING, STEP, STEP.replace("lr * (1 - step / steps)", "lr")),
            edit(TRAINING, STEP, STEP.replace("(1 - step / steps)", "(1 - (step + 1) / steps)")),
            edit(TRAINING, STEP, STEP.replace("(1 - step / steps)", "(step / steps)")),
        ),
    ),
    Misconception(
        "adam-forgets",
        "The running means begin at 0 again in every step.",
        "Where are m and v made, and how often?",
        (edit(TRAINING, STEP, STEP.replace("m, v,", "[0.0] * len(m), [0.0] * len(v),")),),
    ),
    Misconception(
        "adam-always-first",
        "Adam is told in every step that it is the first one.",
        "Which number does the third step hand to adam_step?",
        (edit(TRAINING, STEP, STEP.replace("v, step,", "v, 0,")),),
    ),
    Misconception(
        "same-document",
        "The steps do not read one document after the other, from the first to the last and round again.",
        "With three documents, which one does the fourth step read?",
        (
            edit(TRAINING, "docs[step % len(docs)]", "docs[0]"),
            edit(TRAINING, "docs[step % len(docs)]", "docs[(step + 1) % len(docs)]"),
            edit(TRAINING, "docs[step % len(docs)]", "docs[-1 - step % len(docs)]"),
            edit(TRAINING, "docs[step % len(docs)]", "docs[step]"),
        ),
    ),
    Misconception(
        "temperature-inverted",
        "The logits are multiplied by the temperature, so that a low one makes names wilder.",
        "Is a name at temperature 0.1 tamer than one at 1, or wilder?",
        (edit(TRAINING, COOLED, COOLED.replace("logit / temperature", "logit * temperature")),),
    ),
    Misconception(
        "temperature-ignored",
        "The temperature changes no probability: it is not used, or shares are divided by it in the end.",
        "If all weights of a draw are halved, does any of them become likelier?",
        (
            edit(TRAINING, COOLED, "probs = softmax(logits)"),
            (
                Edit(TRAINING, COOLED, "probs = softmax(logits)"),
                Edit(TRAINING, DRAWN, DRAWN.replace("p.data for", "p.data / temperature for")),
            ),
        ),
    ),
    Misconception(
        "sample-argmax",
        "The likeliest token is taken every time, and nothing is drawn.",
        "How many different names can come out if nothing is left to chance?",
        (
            edit(TRAINING, DRAWN, "token = max(range(len(probs)), key=lambda i: probs[i].data)"),
        ),
    ),
    Misconception(
        "sample-start",
        "A name does not begin with BOS as its first token.",
        "What does every document of the training begin with?",
        (
            edit(TRAINING, START, START.replace("len(letters)", "0")),
        ),
    ),
    Misconception(
        "sample-position",
        "Each token is read at position 0, however long the name already is.",
        "Which position does the third token of a name have?",
        (edit(TRAINING, READ, READ.replace("token, position,", "token, 0,")),),
    ),
    Misconception(
        "sample-not-read",
        "What was drawn is not read next: the model reads BOS each time.",
        "Is the token that goes into the model the one that was drawn?",
        (edit(TRAINING, READ, READ.replace("gpt(token,", "gpt(len(letters),")),),
    ),
    Misconception(
        "sample-without-end",
        "A name does not stop where BOS is drawn.",
        "What does it mean if BOS is drawn in the middle of a name?",
        (
            edit(TRAINING, "            break\n", "            continue\n"),
        ),
    ),
)  # fmt: skip
