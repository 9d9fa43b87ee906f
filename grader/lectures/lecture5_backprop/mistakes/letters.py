"""Known mistakes of lecture 5 on the way back to the letters, and in training."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture5_backprop.mistakes.shared import PIECES, TRAINING, gives

ADDED = "dC.index_add_(0, Xb.view(-1), demb.view(-1, C.shape[1]))"
STEP = "p.data += -lr * grad"
HPREACT = "hpreact = bngain * (hprebn - bnmean) * (bnvar + 1e-5) ** -0.5 + bnbias"

MISCONCEPTIONS = (
    Misconception(
        "reshape-grad-order",
        "The embeddings of a context are taken apart in another order than they were laid side by side.",
        "A view only relabels. Which number of the row was the first of the second letter?",
        (
            gives("demb", "dembcat.view(emb.shape[0], emb.shape[2], emb.shape[1]).transpose(1, 2)"),
            gives("demb", "dembcat.T.reshape(emb.shape)"),
            gives("demb", "dembcat.view(emb.shape[1], emb.shape[0], emb.shape[2]).transpose(0, 1)"),
        ),
    ),
    Misconception(
        "embedding-grad-overwrite",
        "A symbol that was looked up several times loses gradients: one takes another's place.",
        "The letter e was looked up forty times. How many gradients should its row receive?",
        (
            edit(PIECES, ADDED, "dC[Xb] += demb"),
            edit(PIECES, ADDED, "for ix, d in zip(Xb, demb):\n        dC[ix] += d"),
        ),
    ),
    Misconception(
        "step-uphill",
        "The parameters move along the gradient, and the loss rises.",
        "In which direction does the loss grow? In which direction should a parameter move?",
        (edit(TRAINING, STEP, "p.data += lr * grad"),),
    ),
    Misconception(
        "update-rebinds",
        "A new tensor gets the name of the parameter, and the parameter itself stays as it was.",
        "After a step, is the tensor that was handed in another one? Print it.",
        (edit(TRAINING, STEP, "p = p - lr * grad"),),
    ),
    Misconception(
        "bn-eval-uses-batch",
        "The rows are normalised with their own statistics, and not with those that were handed in.",
        "What is the variance of a single row? Should a row's loss depend on the rows beside it?",
        (edit(TRAINING, HPREACT, HPREACT.replace("bnmean)", "hprebn.mean(0))").replace("bnvar", "hprebn.var(0)")),),
    ),
)
