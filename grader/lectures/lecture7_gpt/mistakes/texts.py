"""Known mistakes of lecture 7 with texts: characters, pieces, the bigram model, averages, the loss without noise."""

from grader.judging.mistakes.known import Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import AVERAGING, BIGRAM, DATA, GPT

CHARS = "chars = sorted(set(text))"
X = "x = torch.stack([data[i : i + block_size] for i in ix])"
Y = "y = torch.stack([data[i + 1 : i + block_size + 1] for i in ix])"
IX = "ix = torch.randint(len(data) - block_size, (batch_size,), generator=generator)"
BATCH = "x, y = get_batch(data, block_size, batch_size, generator)"
FLAT = "logits = logits.view(B * T, C)                      # cross_entropy wants one row for each prediction"
LOSS = "loss = F.cross_entropy(logits, targets.view(B * T))"
NEXT = "idx_next = torch.multinomial(probs, num_samples=1, "
SHARES = "wei = wei / wei.sum(1, keepdim=True)"

MISCONCEPTIONS = (
    Misconception(
        "vocabulary-unsorted",
        "The characters are numbered in another order than the sorted one, or not from 0.",
        "Which number should the first character of the alphabet have, wherever it stands in the text?",
        (
            edit(DATA, CHARS, "chars = list(dict.fromkeys(text))"),
            edit(DATA, CHARS, "chars = sorted(set(text), reverse=True)"),
        ),
    ),
    Misconception(
        "batch-target-short",
        "The targets end one place early: they are shorter than the inputs.",
        "x and y are the same length, one step apart. At which place does each of them end?",
        (edit(DATA, Y, Y.replace("block_size + 1]", "block_size]")),),
    ),
    Misconception(
        "batch-target-unshifted",
        "The targets are not what comes next, but the inputs themselves, or what comes after next.",
        "Take the text 0 1 2 3 4 5 and print one row of x beside its row of y. How far apart should they be?",
        (
            edit(DATA, Y, "y = x.clone()"),
            edit(DATA, Y, "y = torch.stack([data[i - 1 : i + block_size - 1] for i in ix + 1])"),
            edit(
                DATA,
                Y,
                "y = torch.stack([data[i + 2 : i + block_size + 2] for i in ix.clamp(max=len(data) - block_size - 2)])",
            ),
        ),
    ),
    Misconception(
        "batch-index-range",
        "The random starts reach too far, or the last possible starts are never used.",
        "In a text with one character more than a piece, how many starts are there at which both pieces fit?",
        (
            edit(DATA, IX, IX.replace("len(data) - block_size", "len(data)")),
            edit(DATA, IX, IX.replace("len(data) - block_size", "len(data) - block_size + 1")),
            edit(DATA, IX, IX.replace("len(data) - block_size", "max(1, len(data) - block_size - 1)")),
        ),
    ),
    Misconception(
        "generator-not-passed",
        "A draw does not come from the generator that was handed in, but from torch's own.",
        "Call it twice, each time with a new generator and the same seed. Is the result the same both times?",
        (
            edit(DATA, IX, IX.replace(", generator=generator", "")),
            edit(BIGRAM, f"{NEXT}generator=generator)", f"{NEXT[:-2]})"),
            edit(GPT, "num_samples=1, generator=generator", "num_samples=1"),
            edit(BIGRAM, BATCH, BATCH.replace(", generator", "")),
        ),
    ),
    Misconception(
        "split-by-mode-ignored",
        "Every split is measured on batches of one and the same data.",
        "Use data of zeros for one split and of ones for the other. What does each batch hold?",
        (
            edit(BIGRAM, BATCH, BATCH.replace("get_batch(data", "get_batch(next(iter(splits.values()))")),
            edit(BIGRAM, BATCH, BATCH.replace("get_batch(data", "get_batch(list(splits.values())[-1]")),
        ),
    ),
    Misconception(
        "ce-view-mixes-axes",
        "Classes and positions are mixed up on the way to the loss, as by a view that only makes the shape fit.",
        "Does row 0 of your two-dimensional logits still belong to position 0 of the first text?",
        (
            edit(BIGRAM, LOSS, "loss = F.cross_entropy(logits.view(B, C, T), targets)"),
            edit(BIGRAM, FLAT, "logits = logits.transpose(0, 1).reshape(B * T, C)"),
            edit(BIGRAM, FLAT, "logits = logits.transpose(1, 2).reshape(B * T, C)"),
            edit(BIGRAM, LOSS, "loss = F.cross_entropy(logits, targets.T.reshape(B * T))"),
        ),
    ),
    Misconception(
        "loss-summed",
        "The loss is a sum over the positions, where the mean is asked for.",
        "How does the loss change if the same batch stands there twice?",
        (
            edit(BIGRAM, LOSS, LOSS[:-1] + ', reduction="sum")'),
            edit(BIGRAM, LOSS, LOSS + " * T"),
        ),
    ),
    Misconception(
        "avg-no-keepdim",
        "The triangle of ones is divided along its columns, so that its rows are no shares of one whole.",
        "Each row is an average. What must its weights add up to?",
        (
            edit(AVERAGING, SHARES, "wei = wei / wei.sum(1)"),
            edit(AVERAGING, SHARES, "wei = wei / wei.sum(0, keepdim=True)"),
        ),
    ),
    Misconception(
        "average-not-of-the-past",
        "The mean of a position leaves out that position, or takes in what comes after it.",
        "Put in 1, 10, 100. Which of them have a say in the first result, and which in the second?",
        (
            edit(AVERAGING, "x[b, : t + 1]", "x[b, : max(1, t)]"),
            edit(AVERAGING, "x[b, : t + 1]", "x[b]"),
            edit(AVERAGING, "x[b, : t + 1]", "x[b, t:]"),
            edit(
                AVERAGING, "wei = torch.tril(torch.ones(T, T, dtype=x.dtype))", "wei = torch.ones(T, T, dtype=x.dtype)"
            ),
            edit(
                AVERAGING,
                "wei = torch.tril(torch.ones(T, T, dtype=x.dtype))",
                "wei = torch.triu(torch.ones(T, T, dtype=x.dtype))",
            ),
            edit(AVERAGING, "wei.masked_fill(tril == 0, ", "wei.masked_fill(tril.T == 0, "),
        ),
    ),
    Misconception(
        "average-not-divided",
        "What came before is added up, and not divided by how many numbers these are.",
        "Put in 1, 1, 1. What is their mean, and what comes out?",
        (
            edit(AVERAGING, "torch.mean(xprev, 0)", "torch.sum(xprev, 0)"),
            edit(AVERAGING, "    wei = wei / wei.sum(1, keepdim=True)\n", ""),
            edit(AVERAGING, "torch.mean(xprev, 0)", "torch.sum(xprev, 0) / T"),
            edit(AVERAGING, SHARES, "wei = wei / T"),
        ),
    ),
    Misconception(
        "average-mask-zero",
        "Scores of positions that may not be seen are 0, which softmax does not take for nothing.",
        "What does softmax make of a 0? And which score leaves a share of nothing?",
        (
            edit(AVERAGING, 'tril == 0, float("-inf")', "tril == 0, 0.0"),
            edit(AVERAGING, '    wei = wei.masked_fill(tril == 0, float("-inf"))\n', ""),
        ),
    ),
    Misconception(
        "average-softmax-axis",
        "The softmax runs along the wrong axis, so that the columns add up to 1.",
        "Print the shares, and the sum of each row. Which of the axes are the positions that are looked at?",
        (edit(AVERAGING, "wei = F.softmax(wei, dim=-1)", "wei = F.softmax(wei, dim=0)"),),
    ),
    Misconception(
        "estimate-loss-mode",
        "The model is not in evaluation mode while it is measured, is left in it, or a graph is kept.",
        "Print model.training before, during and after. In which mode do you leave it? Does anybody need the graph?",
        (
            edit(BIGRAM, "    model.eval()\n", ""),
            edit(BIGRAM, "    model.train()\n", ""),
            edit(BIGRAM, "    with torch.no_grad():\n", "    if True:\n"),
            edit(BIGRAM, "    model.eval()\n", "    model.train()\n"),
            edit(BIGRAM, "    model.train()\n", "    model.eval()\n"),
        ),
    ),
    Misconception(
        "estimate-last-batch",
        "The loss that is reported is not the mean of all batches.",
        "Measure with one batch, and with a hundred. How many of them have a say in what you return?",
        (
            edit(BIGRAM, "losses.mean().item()", "losses[-1].item()"),
            edit(BIGRAM, "losses.mean().item()", "losses.sum().item()"),
            edit(BIGRAM, "losses.mean().item()", "losses[0].item()"),
        ),
    ),
)
