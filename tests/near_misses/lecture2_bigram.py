"""What resembles a known mistake of lecture 2 and is not it."""

from grader.judging.mistakes.known import Edit
from grader.lectures.lecture2_bigram.mistakes.counts import CHS, OVER_WORDS, TOTALS, joined
from grader.lectures.lecture2_bigram.mistakes.loss import PICKED, SHARED_OUT, logarithm
from grader.lectures.lecture2_bigram.mistakes.neural import priced
from grader.lectures.lecture2_bigram.mistakes.other_lectures import UPDATE
from grader.lectures.lecture2_bigram.mistakes.sampling import A_NAME, DRAWN, in_both_loops
from grader.lectures.lecture2_bigram.mistakes.shared import COUNTS, EXERCISES, NEURAL, SOFTMAX, TRIGRAM_CHS, UNMOVED
from near_misses import NearMiss, near, together

CLEARED = "        W.grad = None "
ENTRY = "            N[ix1, ix2] += 1"
ONE_HOT = "F.one_hot(xs, num_classes=classes).float()"
BOTH_IN_W = "xenc = one_hot(xs, W.shape[0]).to(W.dtype)"

NEAR_MISSES = {
    "bigram-missing-keepdim": (
        together(
            near("each row is divided by the total of the row opposite", COUNTS, TOTALS, f"{TOTALS}.flip(0)"),
            near("each row is divided by the total of the next row", NEURAL, SOFTMAX, f"{SOFTMAX}.roll(1, 0)"),
        ),
    ),
    "bigram-normalise-columns": (
        near("first the columns, then the rows", COUNTS, TOTALS, f"P = P / P.sum(0, keepdim=True)\n    {TOTALS}"),
    ),
    "bigram-normalise-all": (
        near("the total of the first row", COUNTS, TOTALS, "totals = P[0].sum()"),
    ),
    "counts-transposed": (
        near("every pair is counted in both directions", COUNTS, ENTRY, f"{ENTRY}\n            N[ix2, ix1] += 1"),
    ),
    "missing-boundary": (
        together(
            near("two markers in front", COUNTS, CHS, "    chs = ['.', '.'] + list(word) + ['.']\n"),
            near("three markers in front", EXERCISES, TRIGRAM_CHS, "chs = ['.', '.', '.'] + list(w) + ['.']"),
        ),
    ),
    "cross-word-bigrams": (
        NearMiss("one long text with a marker between the words, and none behind the last",
                 joined("list('.' + '.'.join(words))")),
        near("word by word, from the last to the first", NEURAL, OVER_WORDS,
             OVER_WORDS.replace("in words:", "in words[::-1]:")),
    ),
    "unsorted-vocabulary": (
        near("the letters are in order, and every second number is left out", COUNTS, "{s: i + 1 for",
             "{s: 2 * i + 1 for"),
        near("itos is not the reverse of stoi", COUNTS, "{i: s for s, i in stoi.items()}",
             "{i: s for i, s in enumerate(chars)}"),
    ),
    "vocabulary-off-by-one": (
        near("the letters begin at 2", COUNTS, "{s: i + 1 for", "{s: i + 2 for"),
    ),
    "nll-sum": (
        together(
            near("divided by one less than the number of pairs", COUNTS,
                 "return -log_likelihood / n", "return -log_likelihood / (n - 1)"),
            near("divided by one more than the number of examples", NEURAL, ".log().mean()",
                 ".log().sum() / (len(xs) + 1)"),
        ),
    ),
    "nll-per-word": (
        NearMiss("the averages of the words are averaged", (
            Edit(COUNTS, "torch.log(prob).item()", "torch.log(prob).item() / len(bigrams(w))"),
            Edit(COUNTS, "            n += 1\n", "        n += 1\n"),
        )),
    ),
    "nll-sign-or-base": (
        NearMiss("the logarithm of one more than the probability", logarithm("log1p")),
    ),
    "log-of-zero": (
        near("at most 1 is added to the counts", COUNTS, SHARED_OUT, "P = N + min(smoothing, 1) "),
    ),
    "smoothing-after": (
        near("the number is added to the counts that are 0 alone", COUNTS, SHARED_OUT,
             "P = N + smoothing * (N == 0) "),
    ),
    "smoothing-one-side": (
        near("half of the number is added to the totals", COUNTS, TOTALS,
             "totals = (N + smoothing / 2).sum(1, keepdim=True)"),
    ),
    "smoothing-fixed": (
        near("twice the number is added", COUNTS, SHARED_OUT, "P = N + 2 * smoothing "),
    ),
    "row-mean-for-total": (
        near("a row is divided by its largest entry", COUNTS, TOTALS, "totals = P.amax(1, keepdim=True)"),
    ),
    "one-row-for-all": (
        together(
            near("the last row is used for all", COUNTS, "P[stoi[ch1], stoi[ch2]]", "P[-1, stoi[ch2]]"),
            near("the average row is used for all", NEURAL, PICKED, "probs.mean(0)[ys]"),
        ),
    ),
    "rows-confused": (
        near("the rows from the last to the first", NEURAL, PICKED, "probs.flip(0)[torch.arange(len(xs)), ys]"),
    ),
    "log-misplaced": (
        near("the root stands for the logarithm", NEURAL, ".log().mean()", ".sqrt().mean()"),
    ),
    "gather-columns": (
        near("the entry of the input, not of the target", NEURAL, PICKED, "probs[torch.arange(len(xs)), xs]"),
    ),
    "one-hot-type-or-width": (
        near("the rows are one entry too long", NEURAL, ONE_HOT, "F.one_hot(xs, num_classes=classes + 1).float()"),
    ),
    "softmax-unnormalised": (
        near("the exponentials are divided by the root of their squares' total", NEURAL, SOFTMAX,
             "return counts / counts.norm(dim=1, keepdim=True)"),
    ),
    "softmax-global": (
        near("the exponentials are divided by the average total of a row", NEURAL, SOFTMAX,
             "return counts / counts.sum(1).mean()"),
    ),
    "softmax-overflow": (
        near("the largest logit of all rows is taken off", NEURAL, UNMOVED, "    logits = logits - logits.max()\n"),
        near("logits above 80 become 80", NEURAL, UNMOVED, "    logits = logits.clamp(-80.0, 80.0)\n"),
    ),
    "regulariser-form": (
        NearMiss("half the price", priced("+ l2 / 2 * (W**2).mean()")),
    ),
    "sample-argmax": (
        NearMiss("the likely symbols are favoured", in_both_loops(DRAWN, DRAWN.replace("(p, ", "(p**2, "))),
    ),
    "sample-wrong-row": (
        together(
            near("the row above the one that was drawn", COUNTS, "p = P[ix]", "p = P[ix - 1]"),
            near("the row of the negative number", NEURAL, "torch.tensor([ix])", "torch.tensor([ix]).neg() % len(W)"),
        ),
    ),
    "sample-marker-kept": (
        NearMiss("the last letter is lost", in_both_loops("''.join(out)", "''.join(out[:-1])")),
    ),
    "sample-stops-early": (
        NearMiss("every name ends after its first letter", in_both_loops("while True:", "while not out:")),
    ),
    "generator-recreated": (
        NearMiss("the generator is seeded for every name, each time with another number",
                 in_both_loops(A_NAME, f"{A_NAME}        generator.manual_seed(len(names))\n")),
    ),
    "generator-order": (
        together(
            NearMiss("all symbols are equally likely", in_both_loops(DRAWN, DRAWN.replace("(p, ",
                     "(torch.full_like(p, 0.5), "))),
            near("the running total begins with the second share", COUNTS, "enumerate(p.tolist())",
                 "enumerate(p.roll(-1).tolist())"),
        ),
    ),
    "draw-randn": (
        near("u is drawn evenly between 0 and 2", COUNTS, "dtype=torch.float64).item()",
             "dtype=torch.float64).item() * 2"),
    ),
    "trigram-context": (
        near("the first character counts one too much", EXERCISES, "V * stoi[ch1] + stoi[ch2]",
             "(V - 1) * stoi[ch1] + stoi[ch2]"),
    ),
    "hardcoded-27": (
        NearMiss("one character more than there are", (
            Edit(COUNTS, "(len(stoi), len(stoi))", "(len(stoi) + 1, len(stoi) + 1)"),
            Edit(NEURAL, "num_classes=classes", "num_classes=classes + 1"),
            Edit(EXERCISES, "V = len(stoi)", "V = len(stoi) + 1", 3),
        )),
    ),
    "float32-net": (
        near("the net is made for float64, whatever the precision of W", NEURAL, "xenc @ W ",
             "xenc.double() @ W.double() "),
    ),
    "ce-double-softmax": (
        near("cross_entropy is handed sigmoids", EXERCISES, "F.cross_entropy(W[xs], ys)",
             "F.cross_entropy(W[xs].sigmoid(), ys)"),
    ),
    "zero-grad-missing": (
        near("the gradient is cleared in every second step", NEURAL, CLEARED,
             "        W.grad = None if _ % 2 == 0 else W.grad "),
    ),
    "losses-on-graph": (
        near("the losses are kept as text", NEURAL, "losses.append(loss.item())", "losses.append(str(loss.item()))"),
    ),
    "step-uphill": (
        near("every weight goes down, whatever the sign of its gradient", NEURAL, UPDATE,
             "        W.data += -lr * W.grad.abs()\n"),
    ),
    "update-rebinds": (
        near("only the first row of the weights moves", NEURAL, UPDATE, "        W.data[0] += -lr * W.grad[0]\n"),
    ),
    "split-overlap": (
        near("one word is in no part", EXERCISES, "shuffled[n1:n2]", "shuffled[n1 + 1:n2]"),
    ),
    "split-unshuffled": (
        near("only the first half is shuffled", EXERCISES, "    rng.shuffle(shuffled)\n",
             "    half = shuffled[::2]\n    rng.shuffle(half)\n    shuffled = half + half\n"),
    ),
    "split-in-place": (
        near("the last word is taken from the caller's list", EXERCISES, "shuffled = list(words) ",
             "words.pop(); shuffled = list(words) "),
    ),
    "split-other-rng": (
        near("every second word comes twice", EXERCISES, "    rng.shuffle(shuffled)\n",
             "    shuffled = shuffled[::2] * 2\n    rng.shuffle(shuffled)\n"),
    ),
    "tune-on-train": (
        near("the strength with the largest loss on dev", EXERCISES, "dev_losses.index(min(dev_losses))",
             "dev_losses.index(max(dev_losses))"),
    ),
    "dev-words-counted": (
        near("the words of train are counted twice", EXERCISES, "count_trigrams(train, stoi)",
             "count_trigrams(train + train, stoi)"),
    ),
    "index-columns": (
        near("the right rows, without a way back", EXERCISES, "return W[xs]", "return W[xs].detach()"),
    ),
}  # fmt: skip
