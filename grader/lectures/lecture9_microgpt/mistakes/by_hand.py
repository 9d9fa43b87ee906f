"""Known mistakes of lecture 9 in the small net, its gradients by hand and by nudges, and the same by an engine."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture9_microgpt.mistakes.shared import (
    AUTOGRAD,
    BACK,
    BELOW,
    BLOCKS,
    BY_HAND,
    DLOGITS,
    DPRE,
    DWTE,
    GPT,
    LOSS,
    TOKENS,
)

MISCONCEPTIONS = (
    Misconception(
        "relu-missing",
        "Nothing between the two matrices sets what is below 0 to 0.",
        "What do two matrices in a row amount to if nothing stands between them?",
        (
            edit(BY_HAND, "h = [max(0.0, p) for p in pre] ", "h = list(pre) "),
            edit(AUTOGRAD, 'h = [pre.relu() for pre in linear(x, values["w1"])]', 'h = linear(x, values["w1"])'),
            edit(BLOCKS, 'hidden = [h.relu() for h in linear(x, layer["w1"])]', 'hidden = linear(x, layer["w1"])'),
        ),
    ),
    Misconception(
        "softmax-overflow",
        "exp is given the logits as they are, and overflows when one is large.",
        "What is exp(1000)? What changes in the shares if the same number is subtracted from all logits?",
        (edit(BY_HAND, "largest = max(logits)", "largest = 0"), edit(
            AUTOGRAD, "largest = max(logit.data for logit in logits)", "largest = 0")),
    ),
    Misconception(
        "log-not-negated",
        "The loss is the log of a probability without the minus in front.",
        "Is the log of a probability above 0 or below? Should a better model have a larger loss?",
        (
            edit(TOKENS, "losses.append(-math.log(p))", "losses.append(math.log(p))"),
            edit(BY_HAND, "return -math.log(", "return math.log("),
            edit(AUTOGRAD, "loss = -probs[target].log()", "loss = probs[target].log()"),
            edit(GPT, LOSS, LOSS.replace("-probs", "probs")),
        ),
    ),
    Misconception(
        "target-not-subtracted",
        "The slopes of the logits are the probabilities alone, with nothing subtracted at the target.",
        "Should a larger logit of the target raise the loss, or lower it? What is the sign of your slope there?",
        (
            edit(BY_HAND, DLOGITS, "dlogits = list(probs)"),
        ),
    ),
    Misconception(
        "slopes-of-minus-loss",
        "All slopes have the other sign: they say how to make the loss larger by going down.",
        "For the target's logit, is a probability minus 1 above 0 or below?",
        (edit(BY_HAND, DLOGITS, "dlogits = [(i == target) - p for i, p in enumerate(probs)]"),),
    ),
    Misconception(
        "relu-slope",
        "On the way back, relu lets through other numbers than it let through on the way forward.",
        "Which hidden numbers had any say in the loss? What decides that: what came in, or what arrives?",
        (
            edit(BY_HAND, DPRE, "dpre = dh"),
            edit(BY_HAND, DPRE, "dpre = [max(d, 0.0) for d in dh]"),
            edit(BY_HAND, DPRE, DPRE.replace("p > 0", "p < 0")),
        ),
    ),
    Misconception(
        "embedding-rows",
        "The embedding's slopes do not lie in the one row that was looked up.",
        "Which rows of the table had a say in this loss?",
        (
            edit(BY_HAND, DWTE, '    dwte = [list(dx) for _ in net["wte"]]\n'),
            edit(BY_HAND, DWTE, DWTE.replace("dwte[token]", "dwte[target]")),
        ),
    ),
    Misconception(
        "nudge-one-way",
        "The loss is compared with what it is without a nudge: one step forward and none back.",
        "How far apart are the two places at which the loss is measured?",
        (
            edit(BY_HAND, BELOW, BELOW.replace("before - h", "before")),
            (
                Edit(BY_HAND, BELOW, BELOW.replace("before - h", "before")),
                Edit(BY_HAND, "(above - below) / (2 * h)", "(above - below) / h"),
            ),
        ),
    ),
    Misconception(
        "nudge-width",
        "The change of the loss is divided by h, while the two places lie 2h apart.",
        "From w - h to w + h: how far is that?",
        (edit(BY_HAND, "(above - below) / (2 * h)", "(above - below) / h"),),
    ),
    Misconception(
        "nudge-stays",
        "A number that was nudged is not put back before the next one is nudged.",
        "Print the net before and after. Which numbers are not what they were?",
        (
            edit(BY_HAND, BACK, ""),
            edit(BY_HAND, BACK, "                row[j] = before + h\n"),
        ),
    ),
)  # fmt: skip
