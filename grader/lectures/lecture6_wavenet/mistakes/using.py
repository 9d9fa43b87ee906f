"""Known mistakes of lecture 6 in using a net: modes, training, the smoothed curve, and names."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture6_wavenet.mistakes.shared import CLEAR, MODEL, UPDATE

SWITCH = """    for layer in model.layers:
        if hasattr(layer, "training"):
            layer.training = {}
"""
OFF, ON = SWITCH.format("False"), SWITCH.format("True")
MEASURED = "    eval_mode(model)\n    with torch.no_grad():\n"
SAMPLED = "    eval_mode(model)\n    names = []\n"
EVALUATED = "F.cross_entropy(model(X), Y).item()"
DRAWN = "ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)"
ONE_ROW = "model(torch.tensor([context]))                   # (1, vocab_size)"
WHOLE = "    whole = len(losses) // block * block\n"
GROUPS = "torch.tensor(losses[:whole]).view(-1, block).mean(1)"
MOVE = "            context = context[1:] + [ix]\n"
START = "        context = [0] * block_size                                    # every name starts afresh\n"

MISCONCEPTIONS = (
    Misconception(
        "mode-not-switched",
        "Some layers, or all, are not in the mode that the step asks for.",
        "Which layers behave differently at exam time, and did you tell each of them?",
        (
            edit(MODEL, OFF, "    model.training = False\n"),
            (Edit(MODEL, OFF, "    model.training = False\n"), Edit(MODEL, ON, "    model.training = True\n")),
            edit(MODEL, OFF, "    return\n"),
            edit(MODEL, ON, "    return\n"),
            edit(MODEL, OFF, "    model.layers[-1].training = False\n"),
            edit(MODEL, OFF, OFF.replace("in model.layers", "in model.layers[:5]")),
            edit(MODEL, MEASURED, MEASURED.replace("    eval_mode(model)\n", "")),
            edit(MODEL, SAMPLED, SAMPLED.replace("    eval_mode(model)\n", "")),
            edit(MODEL, "    train_mode(model)\n    losses", "    losses"),
        ),
    ),
    Misconception(
        "missing-batch-axis",
        "One context is handed to the net as a plain row of symbols, not as a batch of one row.",
        "What is the shape of one example in a batch of one?",
        (
            edit(MODEL, ONE_ROW, "model(torch.tensor(context))"),
            (
                Edit(MODEL, ONE_ROW, "model(torch.tensor(context))"),
                Edit(MODEL, "F.softmax(logits, dim=1)", "F.softmax(logits, dim=-1)"),
            ),
            edit(MODEL, ONE_ROW, "model(torch.tensor(context).unsqueeze(1))"),
        ),
    ),
    Misconception(
        "eval-on-batch",
        "Only a few of the rows have a say in the loss that is reported.",
        "Evaluate a set of rows, and then the same rows in another order. Are the two numbers equal?",
        (
            edit(MODEL, EVALUATED, "F.cross_entropy(model(X[:32]), Y[:32]).item()"),
            edit(MODEL, EVALUATED, "F.cross_entropy(model(X[-32:]), Y[-32:]).item()"),
        ),
    ),
    Misconception(
        "mode-toggled",
        "A switch turns the mode round, whatever it was, so that a second call undoes the first.",
        "Call the same switch twice, and print the flag of each layer. Is it what the name of the switch says?",
        (
            edit(MODEL, OFF, OFF.replace("= False", "= not layer.training")),
            edit(MODEL, ON, ON.replace("= True", "= not layer.training")),
            (
                Edit(MODEL, OFF, OFF.replace("= False", "= not layer.training")),
                Edit(MODEL, ON, ON.replace("= True", "= not layer.training")),
            ),
        ),
    ),
    Misconception(
        "loss-curve-blocks",
        "Losses are not averaged in groups of steps in a row: other groups, the rest counted, or the wrong axis.",
        "How many groups are there, and what is inside one?",
        (
            edit(MODEL, GROUPS, "torch.tensor(losses[:whole]).view(block, -1).mean(1)"),
            edit(MODEL, GROUPS, "torch.tensor(losses[:whole]).view(-1, block).mean(0)"),
            edit(MODEL, GROUPS, "torch.tensor(losses[:whole]).view(block, -1).mean(0)"),
            edit(MODEL, GROUPS, "torch.tensor(losses).view(-1, block).mean(1)"),
            edit(MODEL, GROUPS, "torch.stack([g.mean() for g in torch.tensor(losses).split(block)])"),
            edit(MODEL, "losses[:whole]", "losses[len(losses) - whole:]"),
            edit(MODEL, GROUPS, "torch.tensor(losses[:whole]).view(-1, block)[:, 0]"),
            edit(MODEL, GROUPS, "torch.tensor(losses).unfold(0, block, 1).mean(1)"),
            edit(MODEL, GROUPS, "torch.tensor(losses[:whole]).view(-1, block).sum(1)"),
        ),
    ),
    Misconception(
        "zero-grad-missing",
        "The gradients of the last step are still there when the next one is added to them.",
        "Print the gradient of one parameter in two steps in a row. What is the second one made of?",
        (edit(MODEL, CLEAR, ""),),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(MODEL, "-schedule(step) * p.grad", "schedule(step) * p.grad"),),
    ),
    Misconception(
        "update-missing",
        "The gradients are there, but none of the parameters ever changes.",
        "Print a parameter before and after one step. Which line is there to change it, and does it?",
        (
            edit(MODEL, UPDATE, ""),
            edit(MODEL, "p.data += -schedule(step) * p.grad", "p = p - schedule(step) * p.grad"),
        ),
    ),
    Misconception(
        "rate-fixed",
        "The learning rate is that of the first step throughout, or belongs to another step.",
        "Print the rate of each step, and hold it beside what the schedule says for this step.",
        (
            edit(MODEL, "-schedule(step)", "-schedule(0)"),
            edit(MODEL, "-schedule(step)", "-schedule(step + 1)"),
            edit(MODEL, "-schedule(step)", "-schedule(steps)"),
        ),
    ),
    Misconception(
        "minibatch-mismatch",
        "The targets are not those of the rows that were drawn.",
        "Print one row of the batch and its target. Do they belong together?",
        (edit(MODEL, "Y[ix])", "Y[:batch_size])"),),
    ),
    Misconception(
        "minibatch-range",
        "A minibatch is not drawn from all rows: a wrong range, or the same rows each time.",
        "After a thousand steps, which row numbers have been used? What is the largest?",
        (
            edit(MODEL, DRAWN, DRAWN.replace("X.shape[0]", "X.shape[0] - 1")),
            edit(MODEL, DRAWN, DRAWN.replace("X.shape[0]", "batch_size")),
            edit(MODEL, DRAWN, "ix = torch.arange(batch_size)"),
        ),
    ),
    Misconception(
        "sampling-context",
        "The context of a draw is not the last symbols in order, with '.' before the first.",
        "Print the context before each draw of one name, and before the first draw of the next.",
        (
            edit(MODEL, MOVE, ""),
            edit(MODEL, MOVE, "            context = [ix] + context[:-1]\n"),
            edit(MODEL, MOVE, "            context = context[:-1] + [ix]\n"),
            (
                Edit(MODEL, START, ""),
                Edit(MODEL, "    for _ in range(count):\n", f"{START[4:]}    for _ in range(count):\n"),
            ),
        ),
    ),
)
