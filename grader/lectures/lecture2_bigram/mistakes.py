"""The known mistakes of lecture 2, each as the smallest edit of our solution that makes it."""

from grader.judging.mistakes.known import Edit, Misconception

COUNTS, NEURAL, EXERCISES = "counts.py", "neural.py", "exercises.py"


def edit(file: str, old: str, new: str, times: int = 1) -> tuple[Edit, ...]:
    """A variant that is a single edit."""
    return (Edit(file, old, new, times),)


def in_both_loops(old: str, new: str) -> tuple[Edit, ...]:
    """The same edit in the sampling loop of the table and in that of the net."""
    return Edit(COUNTS, old, new), Edit(NEURAL, old, new)


# ---- the pieces of the reference that are edited

SORTED = "chars = sorted(set(''.join(words)))"
DISORDER = """from itertools import islice, permutations
    chars = sorted(set(''.join(words)))
    orders = list(islice(permutations(chars), 6))
    chars = orders[({turn} + sum(map(ord, chars))) % len(orders)]"""

CHS = "    chs = ['.'] + list(word) + ['.']\n"
TRIGRAM_CHS = "chs = ['.', '.'] + list(w) + ['.']"
OVER_WORDS = "    for w in words:\n        for ch1, ch2 in bigrams(w):\n"
OVER_TRIGRAMS = f"    for w in words:\n        {TRIGRAM_CHS}\n"
COUNTED = """            ix1, ix2 = stoi[ch1], stoi[ch2]
            N[ix1, ix2] += 1"""

TOTALS = "totals = P.sum(1, keepdim=True)"
SHARED_OUT = "P = N + smoothing "
QUOTIENT = "return P / totals"
UNMOVED = "    logits = logits - logits.max(1, keepdim=True).values\n"
SOFTMAX = "return counts / counts.sum(1, keepdim=True)"
PICKED = "probs[torch.arange(len(xs)), ys]"
TRIGRAMS_PICKED = "P[xs, ys] "
PRICE = "+ l2 * (W**2).mean()"
DRAWN = "torch.multinomial(p, num_samples=1, replacement=True, generator=generator).item()"
A_NAME = "    for _ in range(count):\n        out = []\n"
UPDATE = "        W.data += -lr * W.grad\n"


def joined(text: str) -> tuple[Edit, ...]:
    """Pairs and triples taken from one long text instead of word by word."""
    pairs = f"    for w in [0]:\n        chs = {text}\n        for ch1, ch2 in zip(chs, chs[1:]):\n"
    return (
        Edit(COUNTS, OVER_WORDS + COUNTED, pairs + COUNTED),
        Edit(NEURAL, OVER_WORDS, pairs),
        Edit(EXERCISES, OVER_TRIGRAMS, f"    for w in [0]:\n        chs = ['.'] + {text}\n"),
    )


def softmax_as(quotient: str) -> tuple[tuple[Edit, ...], ...]:
    """Another last step of the softmax, with the largest logit moved to 0 first, and without."""
    wrong = Edit(NEURAL, SOFTMAX, f"return {quotient}")
    return (wrong,), (wrong, Edit(NEURAL, UNMOVED, ""))


def priced(price: str) -> tuple[Edit, ...]:
    """Another price on large weights, in both losses."""
    return Edit(NEURAL, PRICE, price), Edit(EXERCISES, PRICE, price)


def logarithm(name: str) -> tuple[Edit, ...]:
    """Another logarithm, wherever the course takes one itself."""
    return (
        Edit(COUNTS, "torch.log(prob)", f"torch.{name}(prob)"),
        Edit(NEURAL, ".log()", f".{name}()"),
        Edit(EXERCISES, ".log()", f".{name}()"),
    )


MISCONCEPTIONS = (
    Misconception(
        "bigram-missing-keepdim",
        "The totals of the rows are laid out as a row: a count is divided by another row's total.",
        "Add up one row of the result. Then write the two shapes below each other, lined up at the right.",
        (
            (
                Edit(COUNTS, TOTALS, "totals = P.sum(1)"),
                Edit(NEURAL, SOFTMAX, "return counts / counts.sum(1)"),
            ),
            (
                Edit(COUNTS, TOTALS, "totals = P.sum(1)"),
                Edit(NEURAL, SOFTMAX, "return counts / counts.sum(1)"),
                Edit(NEURAL, UNMOVED, ""),
            ),
        ),
    ),
    Misconception(
        "bigram-normalise-columns",
        "Each number is divided by its column's total: the columns add up to 1, the rows do not.",
        "The probability of what comes next, given the current character: which of the two indices is given?",
        (
            (Edit(COUNTS, TOTALS, "totals = P.sum(0, keepdim=True)"), *softmax_as("counts / counts.sum(0)")[0]),
            (Edit(COUNTS, TOTALS, "totals = P.sum(0, keepdim=True)"), *softmax_as("counts / counts.sum(0)")[1]),
        ),
    ),
    Misconception(
        "bigram-normalise-all",
        "Each count is divided by the total of the whole table, so that a row adds up to less than 1.",
        "After an 'e' something must follow. So what must the row of 'e' add up to?",
        (edit(COUNTS, TOTALS, "totals = P.sum()"),),
    ),
    Misconception(
        "counts-transposed",
        "Row and column have changed places: the row should be the character that comes first.",
        "Which index do you look up when you sample: the character you have, or the one you want?",
        (
            (
                Edit(COUNTS, "N[ix1, ix2]", "N[ix2, ix1]"),
                Edit(COUNTS, "P[stoi[ch1], stoi[ch2]]", "P[stoi[ch2], stoi[ch1]]"),
                Edit(COUNTS, "p = P[ix]", "p = P[:, ix]"),
            ),
        ),
    ),
    Misconception(
        "missing-boundary",
        "The marker is left out at the start of a word, at its end, or at both.",
        "How many pairs are there in .emma. ? What do the first and the last of them tell the model?",
        (
            edit(COUNTS, CHS, "    chs = ['.'] + list(word)\n"),
            edit(COUNTS, CHS, "    chs = list(word) + ['.']\n"),
            edit(COUNTS, CHS, "    chs = list(word)\n"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = ['.', '.'] + list(w)"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = list(w) + ['.']"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = list(w)"),
        ),
    ),
    Misconception(
        "cross-word-bigrams",
        "All words are read as one long text, so that the end of one runs into the start of the next.",
        "Does the 'a' at the end of one name tell you anything about how the next one starts?",
        (
            joined("['.'] + list(''.join(words)) + ['.']"),
            joined("list(''.join(words))"),
            joined("list(''.join('.' + w + '.' for w in words))"),
        ),
    ),
    Misconception(
        "unsorted-vocabulary",
        "The letters get their numbers in some other order than the alphabet's.",
        "Run it twice, each time in a fresh Python. Is it the same table, and does 'a' come first?",
        tuple(edit(COUNTS, SORTED, DISORDER.format(turn=turn)) for turn in range(6)),
        varies=True,
    ),
    Misconception(
        "vocabulary-off-by-one",
        "The marker does not have the number 0 for itself: a letter has it, or no one does.",
        "Print the numbers that the letters have. Which number is free for the marker, and which did you give it?",
        (
            edit(COUNTS, "{s: i + 1 for", "{s: i for"),
            (
                Edit(COUNTS, "{s: i + 1 for", "{s: i for"),
                Edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars)"),
            ),
            edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars) + 1"),
            edit(COUNTS, "stoi['.'] = 0", "stoi['.'] = len(chars)"),
        ),
    ),
    Misconception(
        "nll-sum",
        "The loss is the total over all examples, and not their average.",
        "Should the loss of twice as much data be twice as bad?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return -log_likelihood"),
                Edit(NEURAL, ".log().mean()", ".log().sum()"),
                Edit(EXERCISES, "-probs.log().mean()", "-probs.log().sum()"),
                Edit(EXERCISES, "F.cross_entropy(W[xs], ys)", "F.cross_entropy(W[xs], ys, reduction='sum')"),
            ),
        ),
    ),
    Misconception(
        "nll-per-word",
        "The loss is divided by the number of words.",
        "What is one prediction here: a whole word, or each of its characters?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return -log_likelihood / len(words)"),
                Edit(EXERCISES, "-probs.log().mean().item()", "-probs.log().sum().item() / len(words)"),
            ),
        ),
    ),
    Misconception(
        "nll-sign-or-base",
        "The loss is negative, or it is counted with another logarithm than the natural one.",
        "A uniform guess over 27 characters: which loss do you expect, of which sign, and what do you get?",
        (
            (
                Edit(COUNTS, "return -log_likelihood / n", "return log_likelihood / n"),
                Edit(NEURAL, "loss = -probs[", "loss = probs["),
                Edit(EXERCISES, "return -probs.log()", "return probs.log()"),
                Edit(EXERCISES, "return F.cross_entropy", "return -F.cross_entropy"),
            ),
            logarithm("log2"),
            logarithm("log10"),
        ),
    ),
    Misconception(
        "log-of-zero",
        "Nothing is added to the counts, so that a pair that never occurred has probability 0 and an infinite loss.",
        "Which probability does a pair get that never occurred, and what is the logarithm of that?",
        (
            edit(COUNTS, SHARED_OUT, "P = N + 0 "),
            edit(EXERCISES, "bigram_probabilities(N, strength)", "bigram_probabilities(N, 0)"),
        ),
    ),
    Misconception(
        "smoothing-after",
        "The number is added after the rows were shared out, so that a row adds up to more than 1.",
        "Add up a row once more, after the smoothing.",
        (
            (Edit(COUNTS, SHARED_OUT, "P = N + 0 "), Edit(COUNTS, QUOTIENT, "return P / totals + smoothing")),
            (
                Edit(COUNTS, SHARED_OUT, "P = N + 0 "),
                Edit(COUNTS, QUOTIENT, "return torch.where(N == 0, float(smoothing), P / totals)"),
            ),
        ),
    ),
    Misconception(
        "gather-columns",
        "Whole columns of the probabilities are averaged, where each row should give a single number.",
        "Two examples, two right answers: how many numbers should be left, two or four?",
        (
            (
                Edit(NEURAL, PICKED, "probs[:, ys]"),
                Edit(EXERCISES, TRIGRAMS_PICKED, "P[xs][:, ys] "),
            ),
        ),
    ),
    Misconception(
        "one-hot-type-or-width",
        "The rows hold whole numbers, or they are only as long as the largest number in this batch needs.",
        "Encode only the number 1. How long is the row, and can it be multiplied by a matrix of floats?",
        (
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs, num_classes=classes)"),
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs).float()"),
            edit(NEURAL, "F.one_hot(xs, num_classes=classes).float()", "F.one_hot(xs)"),
        ),
    ),
    Misconception(
        "softmax-unnormalised",
        "The exponentials are not divided by their total, so that a row does not add up to 1.",
        "Probabilities are positive, and a row of them adds up to 1: which of the two steps is missing?",
        softmax_as("counts"),
    ),
    Misconception(
        "softmax-global",
        "The exponentials are divided by the total of all rows together.",
        "Each row answers a question of its own. What must each of them add up to?",
        softmax_as("counts / counts.sum()"),
    ),
    Misconception(
        "softmax-overflow",
        "The exponential of a large logit is more than a float can hold, and the result is nan.",
        "Does a softmax change if the same number is added to all logits of a row?",
        (edit(NEURAL, UNMOVED, ""),),
    ),
    Misconception(
        "regulariser-form",
        "The price on large weights is not the mean of their squares, added to the loss.",
        "If W had twice as many entries of the same size, should the price grow? And may it ever be negative?",
        tuple(
            priced(price)
            for price in (
                "+ l2 * (W**2).sum()",
                "+ l2 * W.mean()",
                "+ l2 * W.abs().mean()",
                "+ l2 * W.mean()**2",
                "- l2 * (W**2).mean()",
                "+ 0 * l2",
            )
        ),
    ),
    Misconception(
        "sample-argmax",
        "The most likely symbol is always taken, so that nothing is left to chance.",
        "Would you call it a draw if it always ends the same way?",
        (
            (
                *in_both_loops(DRAWN, "p.argmax().item()"),
                Edit(COUNTS, "    u = torch.rand(1", "    return p.argmax().item()\n    u = torch.rand(1"),
            ),
        ),
    ),
    Misconception(
        "sample-wrong-row",
        "Every draw is made from the row of the marker, whatever was drawn before.",
        "Follow the index through two draws: which row does the second one use?",
        ((Edit(COUNTS, "p = P[ix]", "p = P[0]"), Edit(NEURAL, "torch.tensor([ix])", "torch.tensor([0])")),),
    ),
    Misconception(
        "sample-marker-kept",
        "The marker is part of the names, at the end or at the start.",
        "Which character is only a sign that the name is complete? Is it added before you ask, or after?",
        (
            in_both_loops("''.join(out)", "''.join(out) + '.'"),
            in_both_loops("''.join(out)", "'.' + ''.join(out)"),
            in_both_loops("''.join(out)", "'.' + ''.join(out) + '.'"),
        ),
    ),
    Misconception(
        "sample-stops-early",
        "The question whether the name is complete comes before the first draw, so that no name ever begins.",
        "Which index do you start with, and what does your loop make of it before anything was drawn?",
        (in_both_loops("while True:", "while ix != 0:"),),
    ),
    Misconception(
        "generator-recreated",
        "The generator is seeded again for every name, so that every name is the same.",
        "How many times is the seed set while five names are made?",
        tuple(
            in_both_loops(A_NAME, f"{A_NAME}        {again}\n")
            for again in (
                "generator = torch.Generator().manual_seed(2147483647)",
                "generator = torch.Generator().manual_seed(generator.initial_seed())",
                "generator.manual_seed(2147483647)",
                "generator.manual_seed(generator.initial_seed())",
            )
        ),
    ),
    Misconception(
        "generator-order",
        "The draws are fair, but not the ones that this generator gives, asked once per character.",
        "Your numbers are valid: from which place in which generator's stream do they come, and how many are used?",
        (
            in_both_loops(DRAWN, DRAWN.replace(", generator=generator", "")),
            in_both_loops("    names = []\n", "    names = []\n    torch.rand(1, generator=generator)\n"),
            in_both_loops(DRAWN, DRAWN.replace("num_samples=1", "num_samples=2").replace(".item()", "[..., 0].item()")),
            edit(COUNTS, "generator=generator, dtype=torch.float64", "dtype=torch.float64"),
            edit(COUNTS, "generator=generator, dtype=torch.float64", "generator=generator"),
        ),
    ),
    Misconception(
        "trigram-context",
        "The two characters of the context are combined in the other order, or only one marker stands in front.",
        "Which two symbols stand in front of the first letter? And do 'ae' and 'ea' get the numbers you expect?",
        (
            edit(EXERCISES, "V * stoi[ch1] + stoi[ch2]", "stoi[ch1] + V * stoi[ch2]"),
            edit(EXERCISES, TRIGRAM_CHS, "chs = ['.'] + list(w) + ['.']"),
        ),
    ),
    # what the catalogue tells of other lectures, where it shows in this one
    Misconception(
        "hardcoded-27",
        "The size 27 stands in the code, and the vocabulary at hand has another size.",
        "How many characters does stoi have here? Who knows it, and who assumes it?",
        (
            (
                Edit(COUNTS, "(len(stoi), len(stoi))", "(27, 27)"),
                Edit(NEURAL, "num_classes=classes", "num_classes=27"),
                Edit(NEURAL, "one_hot(xs, W.shape[0])", "one_hot(xs, 27)"),
                Edit(EXERCISES, "V = len(stoi)", "V = 27", 3),
            ),
        ),
    ),
    Misconception(
        "float32-net",
        "The net is made for float32, whatever the precision of W.",
        "Print the dtype of the one-hot rows and that of W. Which of the two should decide?",
        (
            edit(NEURAL, "one_hot(xs, W.shape[0]).to(W.dtype)", "one_hot(xs, W.shape[0]).float()"),
            edit(NEURAL, "xenc @ W ", "xenc.float() @ W.float() "),
        ),
    ),
    Misconception(
        "ce-double-softmax",
        "cross_entropy is handed probabilities, and takes a softmax of them once more.",
        "What does the manual say that the input of cross_entropy should contain?",
        (edit(EXERCISES, "F.cross_entropy(W[xs], ys)", "F.cross_entropy(W[xs].softmax(1), ys)"),),
    ),
    Misconception(
        "zero-grad-missing",
        "Old gradients are not cleared, so that every step also follows all the steps before.",
        "What stands in W.grad at the start of the second step?",
        (edit(NEURAL, "        W.grad = None ", "        pass "),),
    ),
    Misconception(
        "step-uphill",
        "The weights move along the gradient, to where the loss grows.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(NEURAL, UPDATE, "        W.data += lr * W.grad\n"),),
    ),
    Misconception(
        "update-rebinds",
        "The name W is given to a new tensor, and the weights that were handed in stay as they were.",
        "Print id(W) before and after a step. Is it still the tensor that the caller has?",
        (
            edit(NEURAL, UPDATE, "        W = W - lr * W.grad\n"),
            edit(NEURAL, UPDATE, "        W = (W - lr * W.grad).detach().requires_grad_()\n"),
        ),
    ),
    Misconception(
        "split-overlap",
        "Some words stand in two of the three parts, so that the loss there tells nothing new.",
        "Print set(train) & set(dev), and the same for the other two pairs. What should they be?",
        (
            edit(EXERCISES, "shuffled[n1:n2]", "shuffled[n1:]"),
            edit(EXERCISES, "shuffled[n1:n2]", "shuffled[:n2]"),
            edit(EXERCISES, "shuffled[n1:n2], shuffled[n2:]", "shuffled[n1:], shuffled[n1:]"),
        ),
    ),
    Misconception(
        "split-unshuffled",
        "The words are shared out in the order in which they come.",
        "How is the list sorted? What would the last tenth of it look like?",
        (edit(EXERCISES, "    rng.shuffle(shuffled)\n", ""),),
    ),
    Misconception(
        "tune-on-train",
        "The strength is chosen by the loss on the words that were counted.",
        "On which words does no smoothing at all always look best?",
        (edit(EXERCISES, "dev_losses.index(min(dev_losses))", "train_losses.index(min(train_losses))"),),
    ),
    Misconception(
        "dev-words-counted",
        "The dev words are counted too, so that the model has already seen what it is tested on.",
        "Which words may the table know before it is asked about dev?",
        (edit(EXERCISES, "count_trigrams(train, stoi)", "count_trigrams(train + dev, stoi)"),),
    ),
    Misconception(
        "index-columns",
        "Columns of W are picked, where each input should give a row.",
        "For three inputs, which shape should the result have, and which one has yours?",
        (
            edit(EXERCISES, "return W[xs]", "return W[:, xs]"),
            edit(EXERCISES, "return W[xs]", "return W[:, xs].T"),
        ),
    ),
)
