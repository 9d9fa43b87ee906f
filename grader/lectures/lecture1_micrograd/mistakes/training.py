"""Known mistakes in training.py of lecture 1: clearing, sweeping, stepping."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture1_micrograd.mistakes.shared import TRAINING

UPDATE = "        p.data += -lr * p.grad\n"

MISCONCEPTIONS = (
    Misconception(
        "zero-grad-missing",
        "The gradients of the last step are still there when the next one is added to them.",
        "Print the gradient of one weight in two steps in a row. What is the second one made of?",
        (edit(TRAINING, "        model.zero_grad()\n", ""),),
    ),
    Misconception(
        "zero-grad-before-step",
        "The gradients are set back to 0 after backward and before the step, so that the step has nothing to go by.",
        "Which number does the update see?",
        (
            edit(
                TRAINING,
                "        model.zero_grad()\n        loss.backward()\n",
                "        loss.backward()\n        model.zero_grad()\n",
            ),
        ),
    ),
    Misconception(
        "backward-not-idempotent",
        "One graph is swept again in every step: the results in between pass on old gradients too.",
        "You set the weights' gradients back to 0. Who does it for the results in between?",
        (
            (
                Edit(
                    TRAINING,
                    "    for _ in range(steps):\n        # forward pass\n        ypred = [model(x) for x in xs]\n"
                    "        loss = squared_error(ypred, ys)\n",
                    "    loss = squared_error([model(x) for x in xs], ys)\n    for _ in range(steps):\n",
                ),
            ),
            (
                Edit(
                    TRAINING,
                    "    for _ in range(steps):\n        # forward pass\n        ypred = [model(x) for x in xs]\n"
                    "        loss = squared_error(ypred, ys)\n        losses.append(loss.data)\n",
                    "    loss = squared_error([model(x) for x in xs], ys)\n    for _ in range(steps):\n"
                    "        losses.append(squared_error([model(x) for x in xs], ys).data)\n",
                ),
            ),
        ),
    ),
    Misconception(
        "step-uphill",
        "The step goes along the gradient, to where the loss is larger.",
        "The gradient points to where the loss grows. Which way do you want to go?",
        (edit(TRAINING, "-lr * p.grad", "lr * p.grad"),),
    ),
    Misconception(
        "update-rebinds",
        "After the step the parameters in the list still hold their old numbers.",
        "After your loop, is the object in the list another one than before?",
        (edit(TRAINING, UPDATE, "        p = p - lr * p.grad\n"),),
    ),
)
