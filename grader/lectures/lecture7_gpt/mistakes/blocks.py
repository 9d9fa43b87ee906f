"""Known mistakes of lecture 7 in what a block is made of: thinking, layer norm, residuals, and dropout."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import ATTENTION, DROPPED, EXERCISES, SOFTMAX

MEAN, VAR = "xmean = x.mean(-1, keepdim=True)", "xvar = x.var(-1, keepdim=True, unbiased=False)"
ROOT = "torch.sqrt(xvar + self.eps)"
TALK, THINK = "x = x + self.sa(self.ln1(x))", "x = x + self.ffwd(self.ln2(x))"
RELU, DROP = "            nn.ReLU(),\n", "            nn.Dropout(dropout),\n"
WIDE = "            nn.Linear(n_embd, 4 * n_embd),\n"
BACK = "            nn.Linear(4 * n_embd, n_embd),\n"
AFTER, AT_ONCE = "self.dropout(self.proj(out))", "self.resid_dropout(self.proj(out))"
NET = "return self.net(x)"

MISCONCEPTIONS = (
    Misconception(
        "ffwd-shape",
        "The FeedForward has another width inside, a relu elsewhere or none, or no second Linear.",
        "Talk, then think: where does it think, and how much room is there? Print what each layer returns.",
        (
            (Edit(ATTENTION, WIDE, WIDE.replace("4 * ", "")), Edit(ATTENTION, BACK, BACK.replace("4 * ", ""))),
            edit(ATTENTION, RELU, ""),
            edit(ATTENTION, BACK, ""),
            (Edit(ATTENTION, WIDE, WIDE.replace("4", "2")), Edit(ATTENTION, BACK, BACK.replace("4", "2"))),
            edit(ATTENTION, BACK, f"{BACK}{RELU}"),
            (Edit(ATTENTION, RELU, ""), Edit(ATTENTION, BACK, f"{BACK}{RELU}")),
        ),
    ),
    Misconception(
        "ln-axis",
        "Layer norm takes mean and variance over the positions, over the batch, or over everything.",
        "The lecture's class saw two axes. Which one is last now, and what must not be mixed?",
        (
            (Edit(ATTENTION, MEAN, MEAN.replace("-1", "1")), Edit(ATTENTION, VAR, VAR.replace("-1", "1"))),
            (Edit(ATTENTION, MEAN, MEAN.replace("-1", "0")), Edit(ATTENTION, VAR, VAR.replace("-1", "0"))),
            (Edit(ATTENTION, MEAN, "xmean = x.mean()"), Edit(ATTENTION, VAR, "xvar = x.var(unbiased=False)")),
            (
                Edit(ATTENTION, MEAN, "xmean = x.mean((-2, -1), keepdim=True)"),
                Edit(ATTENTION, VAR, "xvar = x.var((-2, -1), keepdim=True, unbiased=False)"),
            ),
        ),
    ),
    Misconception(
        "ln-variance",
        "The variance is divided by one less than the number of channels, or eps stands outside the root.",
        "Which divisor does the statement ask for? And what is under the root?",
        (
            edit(ATTENTION, ", unbiased=False", ""),
            edit(ATTENTION, ROOT, "(torch.sqrt(xvar) + self.eps)"),
            (Edit(ATTENTION, ", unbiased=False", ""), Edit(ATTENTION, ROOT, "(torch.sqrt(xvar) + self.eps)")),
        ),
    ),
    Misconception(
        "ln-no-root",
        "What is normalised is divided by the variance, and not by its root.",
        "In which unit is a variance, if the input is in metres?",
        (edit(ATTENTION, ROOT, "(xvar + self.eps)"),),
    ),
    Misconception(
        "ln-affine-missing",
        "Scale or shift of the layer norm is left out.",
        "Which of its parameters get a gradient?",
        (
            edit(ATTENTION, "return self.gamma * xhat + self.beta", "return xhat"),
            edit(ATTENTION, "return self.gamma * xhat + self.beta", "return self.gamma * xhat"),
            edit(ATTENTION, "return self.gamma * xhat + self.beta", "return xhat + self.beta"),
        ),
    ),
    Misconception(
        "head-size-not-divided",
        "Each head of a block is as wide as the model, where all heads together should be.",
        "How many channels does each head get, if they share those of the model? How many numbers has proj then?",
        (edit(ATTENTION, "head_size = n_embd // n_head", "head_size = n_embd"),),
    ),
    Misconception(
        "residual-missing",
        "What a part of the block returns replaces what came in, where it should be added.",
        "Set all weights of the block to 0. What should come out?",
        (
            edit(ATTENTION, TALK, "x = self.sa(self.ln1(x))"),
            edit(ATTENTION, THINK, "x = self.ffwd(self.ln2(x))"),
            (Edit(ATTENTION, TALK, "x = self.sa(self.ln1(x))"), Edit(ATTENTION, THINK, "x = self.ffwd(self.ln2(x))")),
        ),
    ),
    Misconception(
        "ln-placement",
        "A norm stands on the path that should have none, behind a part, or nowhere.",
        "Is there a path from the bottom to the top of the block without any layer on it? What goes into sa?",
        (
            (
                Edit(ATTENTION, TALK, "x = self.ln1(x + self.sa(x))"),
                Edit(ATTENTION, THINK, "x = self.ln2(x + self.ffwd(x))"),
            ),
            (
                Edit(ATTENTION, TALK, "x = x + self.ln1(self.sa(x))"),
                Edit(ATTENTION, THINK, "x = x + self.ln2(self.ffwd(x))"),
            ),
            (Edit(ATTENTION, TALK, "x = x + self.sa(x)"), Edit(ATTENTION, THINK, "x = x + self.ffwd(x)")),
            (
                Edit(ATTENTION, TALK, "x = self.ln1(x)\n        x = x + self.sa(x)"),
                Edit(ATTENTION, THINK, "x = self.ln2(x)\n        x = x + self.ffwd(x)"),
            ),
            edit("gpt.py", "self.lm_head(self.ln_f(x))", "self.lm_head(x)"),
        ),
    ),
    Misconception(
        "block-order",
        "The positions think before they have talked, or both at once, from the same input.",
        "What does the second part of the block get to see of what the first has found?",
        (
            (
                Edit(ATTENTION, TALK, "x = x + self.ffwd(self.ln2(x))"),
                Edit(
                    ATTENTION,
                    f"        {THINK}\n        return x",
                    "        x = x + self.sa(self.ln1(x))\n        return x",
                ),
            ),
            (
                Edit(ATTENTION, TALK, "pass"),
                Edit(ATTENTION, THINK, "x = x + self.sa(self.ln1(x)) + self.ffwd(self.ln2(x))"),
            ),
        ),
    ),
    Misconception(
        "dropout-in-eval",
        "Numbers are left out in evaluation too, the others are not raised in training, or scores are left out.",
        "Call it twice in evaluation mode. And in training: is the mean of many calls what evaluation gives?",
        (
            edit(ATTENTION, DROPPED, "wei = F.dropout(wei, self.dropout.p)"),
            edit(ATTENTION, DROPPED, "wei = wei * (torch.rand_like(wei) >= self.dropout.p) if self.training else wei"),
            edit(ATTENTION, f"        {SOFTMAX}\n        {DROPPED}", f"        {DROPPED}\n        {SOFTMAX}"),
            edit(ATTENTION, AFTER, "F.dropout(self.proj(out), self.dropout.p)"),
            edit(ATTENTION, NET, "return F.dropout(self.net[:3](x), self.net[3].p)"),
            edit(EXERCISES, AT_ONCE, "F.dropout(self.proj(out), self.resid_dropout.p)"),
        ),
    ),
    Misconception(
        "dropout-missing",
        "Nothing is left out in training where the statement asks for dropout.",
        "Call it twice in training mode with dropout=0.5. Is anything different?",
        (
            edit(ATTENTION, f"        {DROPPED}\n", ""),
            edit(ATTENTION, AFTER, "self.proj(out)"),
            edit(ATTENTION, DROP, ""),
            edit(EXERCISES, AT_ONCE, "self.proj(out)"),
            edit(ATTENTION, "n_head, head_size, block_size, dropout)", "n_head, head_size, block_size)"),
            edit(ATTENTION, "self.ffwd = FeedForward(n_embd, dropout)", "self.ffwd = FeedForward(n_embd)"),
            edit("gpt.py", "Block(n_embd, n_head, block_size, dropout)", "Block(n_embd, n_head, block_size)"),
        ),
    ),
    Misconception(
        "dropout-misplaced",
        "Dropout is applied to other numbers than those that the statement names.",
        "Which numbers can become 0 in training: the weights, what the weights gathered, or what comes last?",
        (
            (
                Edit(ATTENTION, f"        {DROPPED}\n", ""),
                Edit(ATTENTION, "return wei @ v", "return self.dropout(wei @ v)"),
            ),
            edit(ATTENTION, AFTER, "self.proj(self.dropout(out))"),
            edit(ATTENTION, f"{BACK}{DROP}", f"{DROP}{BACK}"),
            edit(EXERCISES, AT_ONCE, "self.proj(self.resid_dropout(out))"),
        ),
    ),
)
