"""Known mistakes in mlp.py of lecture 3: minibatches, steps, and the loss that is reported."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import AGAIN, MLP, RATES

ROW_NUMBERS = "ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)"
BATCH = "return X[ix], Y[ix]"
CLEAR = "        for p in parameters:\n            p.grad = None\n"
STEP = "        # update\n        sgd_step(parameters, schedule(step))\n"
WITH_GRADIENT = "[p for p in parameters if p.grad is not None]"
LOSSES = "losses.append(l.item())"
EVALUATION = "return loss(forward(parameters, X), Y).item()"

MISCONCEPTIONS = (
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
            *(edit(MLP, ROW_NUMBERS, f"{again}\n    {ROW_NUMBERS}") for again in AGAIN),
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
        "losses-on-graph",
        "Losses are kept as tensors that hang on the graph, where numbers are asked for.",
        "What is type(losses[0])? What must be kept in memory so that backward() could still start from it?",
        (
            edit(MLP, LOSSES, "losses.append(l)"),
            edit(RATES, LOSSES, "losses.append(l)"),
        ),
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
)
