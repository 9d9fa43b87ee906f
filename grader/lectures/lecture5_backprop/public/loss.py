"""Lecture 5, public checks of pieces.py from the loss back to the logits."""

from grader.inside.arrays import array
from grader.inside.probes.lecture5_backprop import GRADIENTS
from grader.judging.properties import arrays, indices, numbers
from grader.judging.suite import exercise
from grader.lectures.lecture5_backprop.public.given import another

COUNTS, ARRIVING = array([[1.0, 3.0, 4.0], [2.0, 5.0, 9.0]]), array([[2.0, -1.0, 0.5], [0.25, 3.0, -1.5]])


@exercise("grad-logprobs", points=2)
def test_gradient_at_logprobs(agree, for_all):
    """dlogprobs: of n numbers whose mean is taken, each counts for its share, and the others for nothing."""
    agree(
        GRADIENTS["dlogprobs"],
        logprobs=array([[-2.0, -1.0, -0.7], [-0.4, -3.0, -1.2]]), Yb=array([2, 0], "int64"),
    )  # fmt: skip
    agree(GRADIENTS["dlogprobs"], **another("dlogprobs"))
    for_all(GRADIENTS["dlogprobs"], arrays(logprobs=numbers("n v"), Yb=indices("n", below="v")))


@exercise("grad-probs", points=1)
def test_gradient_at_probs(agree):
    """dprobs: the logarithm is the steeper, the smaller the probability."""
    agree(GRADIENTS["dprobs"], probs=array([[0.25, 0.5, 0.25]]), dlogprobs=array([[-1.0, 0.5, 2.0]]))
    agree(GRADIENTS["dprobs"], **another("dprobs"))


@exercise("grad-counts-sum", points=1)
def test_gradient_at_counts_sum_inv(agree, for_all):
    """dcounts_sum_inv: one number per row collects from the whole row."""
    agree(GRADIENTS["dcounts_sum_inv"], counts=COUNTS, dprobs=ARRIVING)
    agree(GRADIENTS["dcounts_sum_inv"], **another("dcounts_sum_inv"))
    for_all(GRADIENTS["dcounts_sum_inv"], arrays(counts=numbers("n v"), dprobs=numbers("n v")))


@exercise("grad-counts-sum", points=1)
def test_gradient_at_counts_sum(agree):
    """dcounts_sum: one over a number falls, and the more slowly, the larger the number."""
    agree(GRADIENTS["dcounts_sum"], counts_sum=array([[8.0], [2.5]]), dcounts_sum_inv=array([[16.0], [-3.0]]))
    agree(GRADIENTS["dcounts_sum"], **another("dcounts_sum"))


@exercise("grad-counts", points=2)
def test_gradient_at_counts(agree):
    """dcounts: the counts move probs in two ways, and both are added up."""
    inverse = array([[0.125], [0.0625]])
    agree(
        GRADIENTS["dcounts"],
        counts=COUNTS, counts_sum_inv=inverse, dprobs=ARRIVING, dcounts_sum=array([[-0.25], [1.5]]),
    )  # fmt: skip
    agree(GRADIENTS["dcounts"], **another("dcounts"))


@exercise("grad-norm-logits", points=1)
def test_gradient_at_norm_logits(agree, for_all):
    """dnorm_logits: exp is its own slope."""
    agree(GRADIENTS["dnorm_logits"], counts=COUNTS, dcounts=ARRIVING)
    agree(GRADIENTS["dnorm_logits"], **another("dnorm_logits"))
    for_all(GRADIENTS["dnorm_logits"], arrays(counts=numbers("n v"), dcounts=numbers("n v")))


@exercise("grad-logits", points=1)
def test_gradient_at_logit_maxes(agree, for_all):
    """dlogit_maxes: what was taken off from every logit of a row collects from all of them, with the other sign."""
    agree(GRADIENTS["dlogit_maxes"], dnorm_logits=array([[2.0, -3.0, 2.0], [0.5, 1.5, -4.0]]))
    agree(GRADIENTS["dlogit_maxes"], **another("dlogit_maxes"))
    for_all(GRADIENTS["dlogit_maxes"], arrays(dnorm_logits=numbers("n v")))


@exercise("grad-logits", points=2)
def test_gradient_at_logits(agree):
    """dlogits: every logit has its own way, and the largest of a row has a second one, through the maximum."""
    agree(
        GRADIENTS["dlogits"],
        logits=array([[0.5, 2.0, -1.0], [3.0, 0.25, -2.0]]), dnorm_logits=array([[2.0, -3.0, 2.0], [0.5, 1.5, -4.0]]),
        dlogit_maxes=array([[-1.0], [0.75]]),
    )  # fmt: skip
    agree(GRADIENTS["dlogits"], **another("dlogits"))


@exercise("grad-logits", points=1, aside=True)
def test_gradient_at_logits_that_are_equal(agree):
    """dlogits: of two equal largest logits, the first one alone is the maximum."""
    agree(
        GRADIENTS["dlogits"],
        logits=array([[0.5, 2.0, 2.0], [3.0, 3.0, -2.0]]), dnorm_logits=array([[2.0, -3.0, 2.0], [0.5, 1.5, -4.0]]),
        dlogit_maxes=array([[-1.0], [0.75]]),
    )  # fmt: skip
