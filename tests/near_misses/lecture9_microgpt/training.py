"""What resembles a known mistake of lecture 9 in Adam, training and names, and is not it."""

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
from near_misses import near

DOC = "docs[step % len(docs)]"

NEAR_MISSES = {
    "adam-uncorrected": (near("corrected twice", TRAINING, M_HAT, M_HAT.replace("(1 - ", "(1 - beta1) / (1 - ")),),
    "adam-count-from-0": (near("counted from 2", TRAINING, V_HAT, V_HAT.replace("step + 1", "step + 2")),),
    "adam-correction-kept": (near("m is halved after use", TRAINING, M_HAT, f"{M_HAT}\n        m[i] /= 2"),),
    "adam-no-square": (near("a third power", TRAINING, SECOND, SECOND.replace("p.grad**2", "abs(p.grad) ** 3")),),
    "adam-no-root": (near("a third root", TRAINING, MOVE, MOVE.replace("v_hat**0.5", "v_hat ** (1 / 3)")),),
    "adam-epsilon": (near("eps is subtracted", TRAINING, MOVE, MOVE.replace("+ eps", "- eps")),),
    "adam-shares-swapped": (
        near("the new gradient counts in full", TRAINING, FIRST, FIRST.replace("(1 - beta1) * p.grad", "p.grad")),
    ),
    "adam-without-momentum": (near("the mean of both", TRAINING, MOVE, MOVE.replace("m_hat", "(m_hat + p.grad) / 2")),),
    "zero-grad-missing": (near("the gradient is halved", TRAINING, "p.grad = 0.0", "p.grad /= 2"),),
    "step-uphill": (near("twice as far", TRAINING, MOVE, MOVE.replace("lr *", "2 * lr *")),),
    "rate-not-decayed": (near("half a line", TRAINING, STEP, STEP.replace("step / steps", "step / steps / 2")),),
    "adam-forgets": (near("m in the place of v", TRAINING, STEP, STEP.replace("m, v,", "m, m[:],")),),
    "adam-always-first": (near("always the second", TRAINING, STEP, STEP.replace("v, step,", "v, 1,")),),
    "same-document": (near("each document twice in a row", TRAINING, DOC, "docs[step // 2 % len(docs)]"),),
    "temperature-inverted": (
        near(
            "the root of the temperature", TRAINING, COOLED, COOLED.replace("temperature for", "temperature**0.5 for")
        ),
    ),
    "temperature-ignored": (
        near("the shares are squared", TRAINING, DRAWN, DRAWN.replace("p.data for", "p.data ** 2 for")),
    ),
    "sample-argmax": (near("drawn twice, the second counts", TRAINING, DRAWN, f"{DRAWN}\n        {DRAWN}"),),
    "sample-start": (near("begins with letter 1", TRAINING, START, START.replace("len(letters)", "1")),),
    "sample-position": (
        near("from the last position", TRAINING, READ, READ.replace("token, position,", "token, -1 - position,")),
    ),
    "sample-not-read": (
        near("the token before it", TRAINING, READ, READ.replace("gpt(token,", "gpt(max(token - 1, 0),")),
    ),
    "sample-without-end": (
        near("ends with its first letter too", TRAINING, "            break\n", '            return ""\n'),
    ),
}
