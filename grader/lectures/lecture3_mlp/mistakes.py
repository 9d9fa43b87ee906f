"""The known mistakes of lecture 3, each as the smallest edit of our solution that makes it."""

from grader.judging.mistakes.known import Edit, Misconception

DATASET, MLP, RATES = "dataset.py", "mlp.py", "learning_rate.py"

START = "        context = [0] * block_size               # nothing but '.' before the first letter\n"
MOVE = "            context = context[1:] + [ix]         # a new list: the window moves on by one symbol\n"
KEEP = "            X.append(context)\n            Y.append(ix)\n"
COPY = "    words = list(words)                          # the caller's list keeps its order\n"
PARTS = "words[:n1], words[n1:n2], words[n2:]"
FLAT = "emb.view(emb.shape[0], -1)"
WIDTHS = ("-1, 6", "-1, 30", "-1, 3 * C.shape[1]", "32, 6", "emb.shape[0], 6", "emb.shape[0], 30")
HIDDEN = "torch.tanh(embcat @ W1 + b1)"
CROSS_ENTROPY = "return F.cross_entropy(logits, Y)"
ROW_NUMBERS = "ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)"
BATCH = "return X[ix], Y[ix]"
CLEAR = "        for p in parameters:\n            p.grad = None\n"
STEP = "        # update\n        sgd_step(parameters, schedule(step))\n"
WITH_GRADIENT = "[p for p in parameters if p.grad is not None]"
EVALUATION = "return loss(forward(parameters, X), Y).item()"
SAMPLE_START = "        context = [0] * block_size               # every name starts afresh\n"
SAMPLE_MOVE = "            context = context[1:] + [ix]\n"
SWEPT = "    for lr in candidate_rates(low, high, count).tolist():\n"
MEANS = "torch.tensor(losses[:n * block]).view(n, block).mean(1)"


def edit(file: str, old: str, new: str) -> tuple[Edit, ...]:
    """A mistake made by one edit."""
    return (Edit(file, old, new),)


def by_hand(*lines: str) -> tuple[Edit, ...]:
    """The loss written out in these lines."""
    return edit(MLP, CROSS_ENTROPY, "\n    ".join(lines))


MISCONCEPTIONS = (
    Misconception(
        "context-leaks-between-words",
        "The context of a name begins with what the name before it left behind.",
        "Print the first row of the second name. Which letters are in it?",
        (edit(DATASET, f"    for w in words:\n{START}", f"{START[4:]}    for w in words:\n"),),
    ),
    Misconception(
        "target-inside-context",
        "A row holds its own target: the context has moved on before it is stored.",
        "Could you predict y from x by just looking at it?",
        (edit(DATASET, KEEP + MOVE, MOVE + KEEP),),
    ),
    Misconception(
        "context-wrong-end",
        "The new symbol does not enter the context at the right while the oldest one leaves at the left.",
        "Read the third row of a name aloud from left to right: is it the name?",
        (
            edit(DATASET, "context = context[1:] + [ix]", "context = [ix] + context[:-1]"),
            edit(DATASET, "context = context[1:] + [ix]", "context = context[:-1] + [ix]"),
        ),
    ),
    Misconception(
        "context-aliased",
        "All rows of a name are one and the same list, which goes on changing after it was stored.",
        "How many different list objects have you made for one name?",
        (edit(DATASET, "context = context[1:] + [ix]", "context[:] = context[1:] + [ix]"),),
    ),
    Misconception(
        "end-not-predicted",
        "No row has '.' as its target: the end of a name is never to be predicted.",
        "How would the model learn when to stop?",
        (edit(DATASET, 'for ch in w + ".":', "for ch in w:"),),
    ),
    Misconception(
        "padding-index",
        "A context is filled up with something other than the index of '.'.",
        "What stands before the first letter, and which index does it have?",
        (
            edit(DATASET, "context = [0] * block_size", "context = [1] * block_size"),
            edit(DATASET, "context = [0] * block_size", "context = [-1] * block_size"),
        ),
    ),
    Misconception(
        "split-overlap",
        "A cut is made at the wrong boundary, so that some names are in two parts.",
        "Make a set of each part and intersect them, two at a time. What is left?",
        (
            edit(DATASET, PARTS, "words[n1:], words[n1:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n2], words[n1:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[:n2], words[n2:]"),
            edit(DATASET, PARTS, "words[:n1], words[n1:n2], words[n1:]"),
        ),
    ),
    Misconception(
        "split-unshuffled",
        "The parts are cut from the names in the order in which they came.",
        "The list begins with the most popular names. Are the last ten per cent of it typical?",
        (
            edit(DATASET, "    rng.shuffle(words)\n", ""),
            edit(DATASET, "rng.shuffle(words)", "rng.shuffle(list(words))"),
        ),
    ),
    Misconception(
        "split-by-rows",
        "The names are taken apart into examples first, so that examples of one name end up in several parts.",
        "Could dev contain the first half of a name that is in train?",
        (
            edit(DATASET, COPY, "    words = [w[:i + 1] for w in words for i in range(len(w))]\n"),
            edit(DATASET, COPY, "    words = [(w + '.')[:i + 1] for w in words for i in range(len(w) + 1)]\n"),
            edit(DATASET, COPY, "    words = [(w[:i], (w + '.')[i]) for w in words for i in range(len(w) + 1)]\n"),
        ),
    ),
    Misconception(
        "tune-on-test",
        "Dev and test have changed places: whatever is chosen on dev is chosen by the names set apart for the test.",
        "Which part comes second? How many looks at the test names will you have had when you are done?",
        (edit(DATASET, PARTS, "words[:n1], words[n2:], words[n1:n2]"),),
    ),
    Misconception(
        "embcat-wrong-axis",
        "The axis of the examples is joined with another one, so that a row holds numbers of several examples.",
        "Give each example an embedding of its own constant. Is every row constant after you have flattened?",
        (
            edit(MLP, FLAT, "emb.transpose(0, 1).reshape(emb.shape[0], -1)"),
            edit(MLP, FLAT, "emb.permute(2, 0, 1).reshape(emb.shape[0], -1)"),
            edit(MLP, FLAT, "emb.permute(1, 2, 0).reshape(emb.shape[0], -1)"),
        ),
    ),
    Misconception(
        "embcat-order",
        "A row begins with the first number of every symbol, and not with all the numbers of the first symbol.",
        "Which numbers come first in your row: one symbol's, or one feature of three symbols?",
        (edit(MLP, FLAT, "emb.transpose(1, 2).reshape(emb.shape[0], -1)"),),
    ),
    Misconception(
        "embcat-sum",
        "The symbols of a context are merged, or all but one dropped, instead of being put side by side.",
        "How many numbers describe a context of three symbols? Does 'abc' look different from 'cba' to your network?",
        (
            edit(MLP, FLAT, "emb.sum(1)"),
            edit(MLP, FLAT, "emb.mean(1)"),
            edit(MLP, FLAT, "emb.sum(1).repeat(1, emb.shape[1])"),
            edit(MLP, FLAT, "emb.mean(1).repeat(1, emb.shape[1])"),
        ),
    ),
    Misconception(
        "embcat-missing",
        "The symbols of a context enter the first layer one by one, and not side by side in one row per context.",
        "What is the shape of what you multiply with W1? How many rows should it have, and how many columns?",
        (edit(MLP, FLAT, "emb"), edit(MLP, FLAT, "torch.cat(torch.unbind(emb, 1), 0)")),
    ),
    Misconception(
        "hardcoded-width",
        "A size of the flattened embeddings is a fixed number, which fits one net only.",
        "Change block_size to 4 and print the shapes. Which number should have changed with it?",
        tuple(edit(MLP, FLAT, f"emb.view({shape})") for shape in WIDTHS),
    ),
    Misconception(
        "bias-broadcast",
        "A bias is a column: it is added per example, not per unit.",
        "Write the shapes of the product and of the bias under each other, lined up at the right. What meets what?",
        (
            edit(MLP, "embcat @ W1 + b1", "embcat @ W1 + b1[:, None]"),
            edit(MLP, "h @ W2 + b2", "h @ W2 + b2[:, None]"),
            (
                Edit(MLP, "embcat @ W1 + b1", "embcat @ W1 + b1[:, None]"),
                Edit(MLP, "h @ W2 + b2", "h @ W2 + b2[:, None]"),
            ),
            edit(MLP, "torch.randn(n_hidden, ", "torch.randn((n_hidden, 1), "),
            edit(MLP, "torch.randn(vocab_size, ", "torch.randn((vocab_size, 1), "),
            (
                Edit(MLP, "torch.randn(n_hidden, ", "torch.randn((n_hidden, 1), "),
                Edit(MLP, "torch.randn(vocab_size, ", "torch.randn((vocab_size, 1), "),
            ),
        ),
    ),
    Misconception(
        "activation-missing",
        "tanh is not where it should be: it is missing after the hidden layer, or squeezes the logits.",
        "What can two layers in a row do that one cannot, if nothing is between them? How large may a logit become?",
        (
            edit(MLP, HIDDEN, "embcat @ W1 + b1"),
            edit(MLP, "h @ W2 + b2", "torch.tanh(h @ W2 + b2)"),
            (Edit(MLP, HIDDEN, "embcat @ W1 + b1"), Edit(MLP, "h @ W2 + b2", "torch.tanh(h @ W2 + b2)")),
        ),
    ),
    Misconception(
        "ce-double-softmax",
        "Probabilities are handed to where logits are expected, so that softmax is taken twice.",
        "How low can your loss get if the model is certain, and right?",
        (
            edit(MLP, CROSS_ENTROPY, "return F.cross_entropy(F.softmax(logits, dim=1), Y)"),
            edit(MLP, "    return logits\n", "    return F.softmax(logits, dim=1)\n"),
        ),
    ),
    Misconception(
        "ce-nan",
        "On the way from the logits to the logarithm, what is too small or too large for float32 is lost.",
        "Try the logits -5, -3, 0, 100 step by step. Which step is the first to show inf, nan, 0 or something rounded?",
        (
            by_hand(
                "counts = logits.exp()",
                "probs = counts / counts.sum(1, keepdim=True)",
                "return -probs[torch.arange(len(Y)), Y].log().mean()",
            ),
            by_hand("return (logits.exp().sum(1).log() - logits[torch.arange(len(Y)), Y]).mean()"),
            by_hand("return -F.softmax(logits, dim=1)[torch.arange(len(Y)), Y].log().mean()"),
        ),
    ),
    Misconception(
        "ce-log-softmax-mixups",
        "Something other than the logarithm of the target's probability, once per row, enters the mean.",
        "Which single number per row enters the loss? By how many numbers is the sum divided?",
        (
            by_hand("return -logits.log()[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -logits[torch.arange(len(Y)), Y].mean()"),
            by_hand("return -F.log_softmax(logits, dim=1).max(1).values.mean()"),
            by_hand("return -F.log_softmax(logits, dim=1).mean()"),
            by_hand("return -(F.one_hot(Y, logits.shape[1]) * F.log_softmax(logits, dim=1)).mean()"),
        ),
    ),
    Misconception(
        "nll-sum",
        "The losses of the rows are added up and not averaged.",
        "How does your loss change when every row comes twice?",
        (edit(MLP, CROSS_ENTROPY, 'return F.cross_entropy(logits, Y, reduction="sum")'),),
    ),
    Misconception(
        "minibatch-mismatch",
        "The targets are not those of the rows that were drawn.",
        "Print one row of the batch and its target. Do they belong together?",
        (
            edit(MLP, BATCH, f"return X[ix], Y[{ROW_NUMBERS.removeprefix('ix = ')}]"),
            edit(MLP, BATCH, "return X[ix], Y"),
            edit(MLP, BATCH, "return X[ix], Y[:batch_size]"),
        ),
    ),
    Misconception(
        "minibatch-range",
        "A minibatch is not drawn anew from all rows: a wrong range, or the same rows each time.",
        "After a thousand steps, which row numbers have been used? What is the largest?",
        (
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace("X.shape[0]", "X.shape[1]")),
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace("X.shape[0]", "X.shape[0] - 1")),
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace("X.shape[0]", "X.shape[0] + 1")),
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace("X.shape[0]", "batch_size")),
            edit(MLP, ROW_NUMBERS, ROW_NUMBERS.replace("randint(0", "randint(1")),
            edit(MLP, ROW_NUMBERS, "ix = torch.arange(batch_size)"),
            edit(MLP, BATCH, "return X[:batch_size], Y[:batch_size]"),
            (
                Edit(MLP, "        Xb, Yb = minibatch(X, Y, batch_size, generator)\n", ""),
                Edit(
                    MLP,
                    "    for step in range(steps):\n",
                    "    Xb, Yb = minibatch(X, Y, batch_size, generator)\n    for step in range(steps):\n",
                ),
            ),
        ),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(MLP, "-lr * p.grad", "lr * p.grad"),),
    ),
    Misconception(
        "update-rebinds",
        "The new numbers of a step go into new tensors; the tensors that were handed in keep their old ones.",
        "Print id(p) where the new numbers are computed and where they are kept. Is it a tensor that was handed in?",
        (edit(MLP, "p.data += -lr * p.grad", "p = p - lr * p.grad"),),
    ),
    Misconception(
        "update-missing",
        "The gradients are there, but none of the parameters ever changes.",
        "Print a parameter before and after one step. Which line is there to change it, and does it?",
        (
            edit(MLP, STEP, ""),
            edit(MLP, "        p.data += -lr * p.grad                   #", "        pass  #"),
        ),
    ),
    Misconception(
        "params-without-embedding",
        "A tensor that should be learnt, such as the embedding or a bias, is left out on the way to its update.",
        "Which of the five tensors have changed after one step?",
        (
            edit(MLP, "    for p in parameters:\n        p.data", "    for p in parameters[1:]:\n        p.data"),
            edit(
                MLP,
                "    for p in parameters:\n        p.data",
                "    for p in [p for p in parameters if p.dim() > 1]:\n        p.data",
            ),
            edit(MLP, "parameters = [C, W1, b1, W2, b2]", "parameters = [W1, b1, W2, b2]"),
            edit(MLP, "parameters = [C, W1, b1, W2, b2]", "parameters = [C, W1, W2]"),
            edit(
                MLP,
                "    for p in parameters:\n        p.requires_grad",
                "    for p in parameters[1:]:\n        p.requires_grad",
            ),
            (
                Edit(MLP, "return C[X]", "return C.data[X]"),
                # without gradient there is no error but no step: an error would be that of many other mistakes too
                Edit(MLP, "    for p in parameters:\n        p.data", f"    for p in {WITH_GRADIENT}:\n        p.data"),
            ),
            edit(MLP, "sgd_step(parameters, schedule(step))", "sgd_step(parameters[1:], schedule(step))"),
            (
                Edit(MLP, "sgd_step(parameters, schedule(step))", "sgd_step(parameters[1:], schedule(step))"),
                Edit(MLP, CLEAR, CLEAR.replace("parameters", "parameters[1:]")),
            ),
        ),
    ),
    Misconception(
        "zero-grad-missing",
        "The gradients of the last step are still there when the next one is added to them.",
        "Print the gradient of one parameter in two steps in a row. What is the second one made of?",
        (edit(MLP, CLEAR, ""), edit(RATES, CLEAR, "")),
    ),
    Misconception(
        "eval-on-batch",
        "Only a few of the rows have a say in the loss that is reported.",
        "Evaluate a set of rows, and then the same rows in another order. Are the two numbers equal?",
        (
            edit(MLP, EVALUATION, "return loss(forward(parameters, X[:32]), Y[:32]).item()"),
            edit(MLP, EVALUATION, "return loss(forward(parameters, X[-32:]), Y[-32:]).item()"),
            edit(
                MLP,
                EVALUATION,
                "for i in range(0, len(X), 32):\n"
                "            l = loss(forward(parameters, X[i:i + 32]), Y[i:i + 32])\n"
                "        return l.item()",
            ),
        ),
    ),
    Misconception(
        "sampling-context",
        "The context of a draw is not the last symbols in order, with '.' before the first.",
        "Print the context before each draw of one name, and before the first draw of the next.",
        (
            edit(MLP, SAMPLE_MOVE, ""),
            edit(MLP, SAMPLE_MOVE, "            context = [ix] + context[:-1]\n"),
            edit(MLP, SAMPLE_MOVE, "            context = context[:-1] + [ix]\n"),
            (
                Edit(MLP, SAMPLE_START, ""),
                Edit(MLP, "    for _ in range(count):\n", f"{SAMPLE_START[4:]}    for _ in range(count):\n"),
            ),
        ),
    ),
    Misconception(
        "sample-marker-kept",
        "The '.' that ends a name is still in it.",
        "Which symbols belong to the name, and which one only says that it is over?",
        (
            (
                Edit(MLP, "            out.append(itos[ix])\n", ""),
                Edit(MLP, "            if ix == 0:\n", "            out.append(itos[ix])\n            if ix == 0:\n"),
            ),
        ),
    ),
    Misconception(
        "lr-scan-plot",
        "A scan has something else than its rates and losses: exponents, even steps, an earlier scan.",
        "Print each rate beside its exponent. Which of the two is in your list, and what is in it after a second call?",
        (
            edit(RATES, "    return 10**lre\n", "    return lre\n"),
            edit(RATES, "    return 10**lre\n", "    return torch.linspace(10**low, 10**high, count)\n"),
            edit(RATES, SWEPT, "    for lr in torch.linspace(low, high, count).tolist():\n"),
            edit(RATES, "rates.append(lr)", "rates.append(torch.tensor(lr).log10().item())"),
            (
                Edit(RATES, "    rates, losses = [], []\n", ""),
                Edit(RATES, "def sweep(", "rates, losses = [], []\n\n\ndef sweep("),
            ),
            (
                Edit(RATES, "    rates, losses = [], []\n", "    losses = []\n"),
                Edit(RATES, "def sweep(", "rates = []\n\n\ndef sweep("),
            ),
            (
                Edit(RATES, "    rates, losses = [], []\n", "    rates = []\n"),
                Edit(RATES, "def sweep(", "losses = []\n\n\ndef sweep("),
            ),
        ),
    ),
    Misconception(
        "loss-log-scale-mean",
        "A mean is not of one whole block: the wrong axis, or a length that does not divide.",
        "How many means should there be, and how many losses go into each? What becomes of those that are left over?",
        (
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(n, block).mean(0)"),
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(block, n).mean(0)"),
            edit(RATES, MEANS, "torch.tensor(losses[:n * block]).view(block, n).mean(1)"),
            edit(RATES, MEANS, "torch.tensor(losses).view(n, block).mean(1)"),
            edit(RATES, MEANS, "torch.tensor(losses).view(-1, block).mean(1)"),
        ),
    ),
)
