"""Known mistakes of lecture 4 on the way through the net: biases, and what stands where tanh belongs; and in losses."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture4_batchnorm.mistakes.normalising import AFFINE, OUT
from grader.lectures.lecture4_batchnorm.mistakes.shared import BATCHNORM, EXERCISES, LAYERS, START

LOGITS = "return h @ W2 + b2 "
HIDDEN = "h = torch.tanh(hpreact)\n    return"
BIASED = "self.out = self.out + self.bias"
TANH = "self.out = torch.tanh(x)"
UNIFORM = "return math.log(vocab_size)"
LIMIT = "return -sum(p * p.log()"

MISCONCEPTIONS = (
    Misconception(
        "bias-twice-or-missing",
        "A bias or a shift is added twice, or a bias is not added at all.",
        "Feed zeros to the layer. What should come out, and what does?",
        (
            edit(LAYERS, BIASED, f"{BIASED} + self.bias"),
            edit(LAYERS, BIASED, "pass"),
            edit(LAYERS, OUT, f"{OUT} + self.beta"),
            edit(BATCHNORM, AFFINE, f"{AFFINE} + bnbias"),
            edit(BATCHNORM, LOGITS, "return h @ W2 "),
            edit(BATCHNORM, LOGITS, "return h @ W2 + b2 + b2 "),
        ),
    ),
    Misconception(
        "activation-wrong",
        "tanh is missing or replaced, or a function is put on the logits, which need none.",
        "What goes into the hidden layer's function, and what into the softmax? How large may a logit become?",
        (
            edit(BATCHNORM, HIDDEN, "h = hpreact\n    return"),
            edit(BATCHNORM, HIDDEN, "h = torch.relu(hpreact)\n    return"),
            edit(BATCHNORM, HIDDEN, "h = torch.sigmoid(hpreact)\n    return"),
            edit(BATCHNORM, LOGITS, "return torch.tanh(h @ W2 + b2) "),
            edit(BATCHNORM, LOGITS, "return torch.relu(h @ W2 + b2) "),
            edit(BATCHNORM, LOGITS, "return torch.softmax(h @ W2 + b2, 1) "),
            edit(LAYERS, TANH, "self.out = torch.relu(x)"),
            edit(LAYERS, TANH, "self.out = torch.sigmoid(x)"),
            edit(LAYERS, TANH, "self.out = x"),
            edit(LAYERS, "BatchNorm1d(vocab_size)]", "BatchNorm1d(vocab_size), Tanh()]"),
            edit(LAYERS, "BatchNorm1d(n_hidden), Tanh()]", "BatchNorm1d(n_hidden)]"),
        ),
    ),
    Misconception(
        "nll-sign-or-base",
        "The loss is negative, or it is counted with another logarithm than the natural one.",
        "How surprised is a uniform guess among 27? Of which sign, and to which base, is the number that you get?",
        (
            edit(START, UNIFORM, "return -math.log(vocab_size)"),
            edit(START, UNIFORM, "return math.log2(vocab_size)"),
            edit(START, UNIFORM, "return math.log10(vocab_size)"),
            edit(EXERCISES, LIMIT, "return sum(p * p.log()"),
            edit(EXERCISES, LIMIT, "return -sum(p * p.log2()"),
        ),
    ),
)
