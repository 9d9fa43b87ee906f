"""What resembles a known mistake of lecture 3 and is not it."""

from grader.lectures.lecture3_mlp.mistakes.dataset import COPY, KEEP, MOVE, PARTS
from grader.lectures.lecture3_mlp.mistakes.draws import PASSED, W1, C
from grader.lectures.lecture3_mlp.mistakes.forward import FLAT, HIDDEN, LOGITS
from grader.lectures.lecture3_mlp.mistakes.learning_rate import MEANS
from grader.lectures.lecture3_mlp.mistakes.loss import CROSS_ENTROPY
from grader.lectures.lecture3_mlp.mistakes.sampling import SAMPLE_START
from grader.lectures.lecture3_mlp.mistakes.shared import DATASET, MLP, RATES
from grader.lectures.lecture3_mlp.mistakes.training import BATCH, CLEAR, EVALUATION, ROW_NUMBERS, STEP
from near_misses import near

MOVED = "p.data += -lr * p.grad"
LOSSES = "losses.append(l.item())"
BY_BATCHES = (
    "parts = [loss(forward(parameters, X[i:i + 32]), Y[i:i + 32]) for i in range(0, len(X), 32)]\n"
    "        return torch.stack(parts).mean().item()"
)

NEAR_MISSES = {
    "context-leaks-between-words": (
        near("the context is emptied before the last row of a name", DATASET, KEEP,
             f"            if ch == '.':\n                context = [0] * block_size\n{KEEP}"),
    ),
    "target-inside-context": (
        near("the targets are those of the next row", DATASET, "torch.tensor(Y)", "torch.tensor(Y[1:] + [0])"),
    ),
    "context-wrong-end": (
        near("every symbol enters the context twice", DATASET, "context = context[1:] + [ix]",
             "context = (context + [ix, ix])[-block_size:]"),
    ),
    "context-aliased": (
        near("the oldest symbol of a name's last row is lost", DATASET, MOVE, f"{MOVE}        X[-1][0] = 0\n"),
    ),
    "end-not-predicted": (
        near("the end of a name is to be predicted twice", DATASET, 'for ch in w + ".":', 'for ch in w + "..":'),
    ),
    "padding-index": (
        near("a context is one symbol too long", DATASET, "context = [0] * block_size",
             "context = [0] * (block_size + 1)"),
    ),
    "split-overlap": (
        near("one name is in no part", DATASET, PARTS, "words[:n1], words[n1 + 1:n2], words[n2:]"),
    ),
    "split-unshuffled": (
        near("the names are ordered by numbers from the rng", DATASET, "rng.shuffle(words)",
             "words.sort(key=lambda w: rng.random())"),
    ),
    "split-in-place": (
        near("the caller's own list is sorted", DATASET, COPY, f"    words.sort()\n{COPY}"),
    ),
    "split-other-rng": (
        near("the names are shuffled twice", DATASET, "rng.shuffle(words)", "rng.shuffle(words) or rng.shuffle(words)"),
    ),
    "split-by-rows": (
        near("the names are handed out with their '.'", DATASET, COPY, "    words = [w + '.' for w in words]\n"),
    ),
    "tune-on-test": (
        near("train and dev have changed places", DATASET, PARTS, "words[n1:n2], words[:n1], words[n2:]"),
    ),
    "rand-for-randn": (
        near("numbers drawn evenly between -1 and 1", MLP, W1 + PASSED + ")",
             "W1 = 2 * torch.rand((block_size * n_embd, n_hidden), generator=generator) - 1"),
    ),
    "generator-not-passed": (
        near("one number is drawn before all others", MLP, f"    {C}",
             f"    torch.randn(1, generator=generator)\n    {C}"),
    ),
    "generator-recreated": (
        near("the generator is seeded for every name, each time with another number", MLP, SAMPLE_START,
             f"{SAMPLE_START}        generator.manual_seed(len(names))\n"),
    ),
    "biases-zero": (
        near("a bias starts at ones", MLP, "b2 = torch.randn(vocab_size, generator=generator)",
             "b2 = torch.ones(vocab_size)"),
    ),
    "embcat-wrong-axis": (
        near("each row has the embeddings of the row before", MLP, FLAT, "emb.roll(1, 0).reshape(emb.shape[0], -1)"),
    ),
    "embcat-order": (
        near("the symbols are put side by side from the last to the first", MLP, FLAT,
             "emb.flip(1).reshape(emb.shape[0], -1)"),
    ),
    "embcat-sum": (
        near("each symbol is added to all before it", MLP, FLAT, "emb.cumsum(1).view(emb.shape[0], -1)"),
    ),
    "embcat-missing": (
        near("all rows become one long row", MLP, FLAT, "emb.view(1, -1)"),
    ),
    "hardcoded-width": (
        near("the number of hidden units is taken for the width", MLP, FLAT, "emb.view(-1, W1.shape[1])"),
    ),
    "bias-broadcast": (
        near("the bias is added behind tanh", MLP, HIDDEN, "torch.tanh(embcat @ W1) + b1"),
    ),
    "activation-missing": (
        near("tanh of tanh", MLP, HIDDEN, f"torch.tanh({HIDDEN})"),
    ),
    "activation-other": (
        near("tanh of half the number", MLP, HIDDEN, "torch.tanh((embcat @ W1 + b1) / 2)"),
        near("half of the logits", MLP, LOGITS, "(h @ W2 + b2) / 2 "),
    ),
    "bias-twice-or-missing": (
        near("half of the bias", MLP, HIDDEN, "torch.tanh(embcat @ W1 + b1 / 2)"),
        near("the bias is taken away", MLP, LOGITS, "h @ W2 - b2 "),
    ),
    "ce-double-softmax": (
        near("the net hands out logarithms of probabilities", MLP, "    return logits\n",
             "    return F.log_softmax(logits, dim=1)\n"),
        near("cross_entropy is handed half of the logits", MLP, CROSS_ENTROPY, "return F.cross_entropy(logits / 2, Y)"),
    ),
    "ce-nan": (
        near("logits above 50 become 50", MLP, CROSS_ENTROPY, "return F.cross_entropy(logits.clamp(-50, 50), Y)"),
    ),
    "ce-log-softmax-mixups": (
        near("the targets have moved on by one row", MLP, CROSS_ENTROPY, "return F.cross_entropy(logits, Y.roll(1))"),
    ),
    "nll-sum": (
        near("divided by one more than the number of rows", MLP, CROSS_ENTROPY,
             'return F.cross_entropy(logits, Y, reduction="sum") / (len(Y) + 1)'),
    ),
    "nll-sign-or-base": (
        near("one more than the loss", MLP, CROSS_ENTROPY, "return F.cross_entropy(logits, Y) + 1"),
    ),
    "one-row-for-all": (
        near("the average of all rows is used for all examples", MLP, CROSS_ENTROPY,
             "return F.cross_entropy(logits.mean(0).expand(len(Y), -1), Y)"),
    ),
    "minibatch-mismatch": (
        near("the rows and their targets are sorted", MLP, BATCH, "return X[ix.sort().values], Y[ix.sort().values]"),
    ),
    "minibatch-range": (
        near("the second draw counts, the first is for nothing", MLP, ROW_NUMBERS, f"{ROW_NUMBERS}\n    {ROW_NUMBERS}"),
    ),
    "step-uphill": (
        near("every number goes down, whatever the sign of its gradient", MLP, "-lr * p.grad", "-lr * p.grad.abs()"),
    ),
    "update-rebinds": (
        near("the numbers themselves take the gradient's place", MLP, MOVED, "p.data += -lr * p.data"),
    ),
    "update-missing": (
        near("only the first step is made", MLP, STEP,
             "        # update\n        if step == 0:\n            sgd_step(parameters, schedule(step))\n"),
    ),
    "params-without-embedding": (
        near("the first tensor moves half as far", MLP, MOVED,
             "p.data += -lr * p.grad * (0.5 if p is parameters[0] else 1)"),
    ),
    "zero-grad-missing": (
        near("the gradients are cleared in every second step", MLP, CLEAR,
             CLEAR.replace("in parameters:", "in parameters if step % 2 == 0 else []:")),
    ),
    "losses-on-graph": (
        near("the losses are kept as text", MLP, LOSSES, "losses.append(str(l.item()))"),
    ),
    "eval-on-batch": (
        near("the losses of batches are averaged, of which the last is shorter", MLP, EVALUATION, BY_BATCHES),
        near("the first row does not count", MLP, EVALUATION, EVALUATION.replace("X)", "X[1:])").replace("Y)",
             "Y[1:])")),
    ),
    "sampling-context": (
        near("the logits are halved before the draw", MLP, "probs = F.softmax(logits, dim=1)",
             "probs = F.softmax(logits / 2, dim=1)"),
    ),
    "sample-softmax-axis": (
        near("the roots of the shares", MLP, "F.softmax(logits, dim=1)", "F.softmax(logits, dim=1) ** 0.5"),
    ),
    "sample-stops-early": (
        near("every name ends after its first letter", MLP, "        while True:\n            logits = forward",
             "        while not out:\n            logits = forward"),
    ),
    "sample-marker-kept": (
        near("the last letter is lost", MLP, 'names.append("".join(out))', 'names.append("".join(out[:-1]))'),
    ),
    "lr-scan-plot": (
        near("powers of e", RATES, "    return 10**lre\n", "    return torch.exp(lre)\n"),
        near("ten times the loss is kept", RATES, LOSSES, "losses.append(l.item() * 10)"),
    ),
    "pick-other-rate": (
        near("the rate in the middle of the first block", RATES, "best * block + block // 2", "block // 2"),
    ),
    "loss-log-scale-mean": (
        near("the median of a block", RATES, MEANS, MEANS.replace(".mean(1)", ".median(1).values")),
    ),
}  # fmt: skip
