"""What resembles a known mistake of lecture 5 and is not it."""

from grader.lectures.lecture5_backprop.mistakes.beginning import CLOSE, SHAPES, VARIANCE
from grader.lectures.lecture5_backprop.mistakes.letters import ADDED, HPREACT, STEP
from grader.lectures.lecture5_backprop.mistakes.loss import DIVIDED, LARGEST, PULLED, SEED
from grader.lectures.lecture5_backprop.mistakes.shared import COMPARE, FORWARD, FUSED, LAST, PIECES, TRAINING
from grader.lectures.lecture5_backprop.mistakes.sums import MEAN
from grader.lectures.lecture5_backprop.mistakes.ways import FUSED_LAST, THROUGH_MEAN
from near_misses import NearMiss, near, together


def gives(what: str, name: str, new: str) -> NearMiss:
    """One function of pieces.py returns something else."""
    return near(what, PIECES, LAST[name], f"return {new}")


NEAR_MISSES = {
    "exactness-panic": (
        near("what is a hundredth apart counts as equal", COMPARE, CLOSE,
             "approximate = torch.allclose(dt, t, rtol=1e-2) "),
    ),
    "compare-broadcasts": (
        near("only the count of the entries is compared", COMPARE, SHAPES,
             'if dt.numel() != t.numel():\n        return False, False, float("inf") '),
    ),
    "difference-signed": (
        near("the mean of the differences is taken", COMPARE, "(dt - t).abs().max()", "(dt - t).abs().mean()"),
    ),
    "bn-biased-vs-unbiased": (
        together(
            near("divided by two less than the number of examples", FORWARD, VARIANCE,
                 VARIANCE.replace("(n - 1)", "(n - 2)")),
            near("divided by two less than the number of examples", TRAINING, "hprebn.var(0, keepdim=True)",
                 "hprebn.var(0, keepdim=True, correction=2)"),
        ),
    ),
    "logit-max-of-all": (
        near("the smallest logit of each row is taken off", FORWARD, "logits.max(1, keepdim=True).values",
             "logits.min(1, keepdim=True).values"),
    ),
    "dlogprobs-no-mean": (
        near("divided by one more than the number of rows", PIECES, SEED, "dlogprobs[range(n), Yb] = -1.0 / (n + 1)"),
    ),
    "dprobs-reciprocal": (gives("divided by the square", "dprobs", "dlogprobs / probs**2"),),
    "logit-max-path": (
        gives("what comes through the maximum counts twice", "dlogits", "dnorm_logits + 2 * largest * dlogit_maxes"),
    ),
    "tie-shared": (
        near("of two equal ones the last is the maximum", PIECES, LARGEST,
             "F.one_hot(logits.shape[1] - 1 - logits.flip(1).max(1).indices, num_classes=logits.shape[1])"),
    ),
    "fused-ce-incomplete": (
        near("2 is taken off at the targets", FUSED, PULLED, "    dlogits[torch.arange(n), Yb] -= 2  "),
        near("divided by one less than the number of rows", FUSED, DIVIDED, "    dlogits /= n - 1  "),
    ),
    "softmax-overflow": (
        near("logits beyond 50 are cut", FUSED, "F.softmax(logits, 1)", "F.softmax(logits.clamp(-50, 50), 1)"),
    ),
    "broadcast-not-summed": (
        gives("sums of all so far", "dcounts_sum_inv", "(counts * dprobs).cumsum(1)"),
    ),
    "broadcast-averaged": (
        gives("half of the sum", "dbngain", "(bnraw * dhpreact).sum(0, keepdim=True) / 2"),
    ),
    "bias-grad-axis": (gives("the largest of the rows", "db2", "dlogits.amax(0)"),),
    "gradient-shape": (gives("a column", "db1", "dhprebn.sum(0).view(-1, 1)"),),
    "fused-bn-sum-axis": (
        near("the sum over the units of each row", FUSED, MEAN, "dhpreact.sum(1, keepdim=True) / n"),
    ),
    "second-branch-lost": (gives("one way is taken off from the other", "dcounts", "direct - through_sum"),),
    "aliasing-no-clone": (
        near("what arrived at the maximum is emptied", PIECES, LAST["dlogits"],
             "found = dnorm_logits + largest * dlogit_maxes\n    dlogit_maxes.zero_()\n    return found"),
    ),
    "bn-mean-path": (
        near("divided by one less than the number of examples", PIECES, THROUGH_MEAN,
             THROUGH_MEAN.replace("/ n", "/ (n - 1)")),
    ),
    "bn-var-path": (
        near("the way through the variance has the other sign", FUSED, FUSED_LAST,
             FUSED_LAST.replace("- through_variance", "+ through_variance")),
    ),
    "bn-mean-and-variance-fixed": (
        near("nothing but the gain", FUSED, FUSED_LAST, "return bngain * dhpreact"),
    ),
    "power-rule-tensor": (
        gives("the exponent is lowered by two", "dcounts_sum", "-counts_sum**-3 * dcounts_sum_inv"),
    ),
    "bn-eps-placement": (
        together(
            gives("eps stands beside the root", "dbnvar", "-0.5 * (bnvar.sqrt() + 1e-5) ** -3 * dbnvar_inv"),
            near("eps is larger", FORWARD, "(bnvar + 1e-5) ** -0.5", "(bnvar + 1e-3) ** -0.5"),
        ),
    ),
    "matmul-transpose": (gives("signs are lost", "dW2", "h.T @ dlogits.abs()"),),
    "tanh-grad-preact": (gives("the third power", "dhpreact", "(1.0 - h**3) * dh"),),
    "bn-gain-shift-swapped": (
        gives("the gain multiplies its own gradient", "dbngain", "(bngain * dhpreact).sum(0, keepdim=True)"),
    ),
    "bn-var-bessel": (
        gives("divided by one more than the number of examples", "dbndiff2",
              "1.0 / (n + 1) * torch.ones_like(bndiff2) * dbnvar"),
    ),
    "bn-square-factor": (
        near("the factor is 3", PIECES, "through_square = 2 * bndiff", "through_square = 3 * bndiff"),
    ),
    "reshape-grad-order": (
        gives("the letters of a context come in the other order", "demb", "dembcat.view(emb.shape).flip(1)"),
    ),
    "embedding-grad-overwrite": (
        near("only the first letter of a context counts", PIECES, ADDED, "dC.index_add_(0, Xb[:, 0], demb[:, 0])"),
    ),
    "step-uphill": (near("a step is twice as long", TRAINING, STEP, "p.data += -2 * lr * grad"),),
    "update-rebinds": (
        near("only the first parameter moves", TRAINING, "zip(parameters, grads)", "zip(parameters[:1], grads)"),
    ),
    "bn-eval-uses-batch": (
        near("the mean is that of the rows, and the variance the one that was handed in", TRAINING, HPREACT,
             HPREACT.replace("bnmean)", "hprebn.mean(0))")),
    ),
    "peeks-at-autograd": (
        gives("a quotient of small differences stands for the slope", "dprobs",
              "((probs + 1e-3).log() - probs.log()) / 1e-3 * dlogprobs"),
    ),
}  # fmt: skip
