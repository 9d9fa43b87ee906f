"""Known mistakes in mlp.py of lecture 3: from the embeddings to the logits."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture3_mlp.mistakes.shared import EXERCISES, MLP

FLAT = "emb.view(emb.shape[0], -1)"
WIDTHS = ("-1, 6", "-1, 30", "-1, 3 * C.shape[1]", "32, 6", "emb.shape[0], 6", "emb.shape[0], 30")
HIDDEN = "torch.tanh(embcat @ W1 + b1)"
LOGITS = "h @ W2 + b2 "
DIRECT_HIDDEN = "torch.tanh(x @ W1 + b1)"
DIRECT = "return h @ W2 + b2 + x @ W3"

MISCONCEPTIONS = (
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
            edit(EXERCISES, DIRECT_HIDDEN, "(x @ W1 + b1)"),
            edit(EXERCISES, DIRECT, "return torch.tanh(h @ W2 + b2 + x @ W3)"),
            edit(EXERCISES, DIRECT, "return torch.tanh(h @ W2 + b2) + x @ W3"),
        ),
    ),
    Misconception(
        "activation-other",
        "Another function than tanh stands after the hidden layer, or one is put on the logits.",
        "Between which two numbers do the hidden units lie, and between which the logits? What does the paper say?",
        (
            edit(MLP, HIDDEN, "torch.relu(embcat @ W1 + b1)"),
            edit(MLP, HIDDEN, "torch.sigmoid(embcat @ W1 + b1)"),
            edit(MLP, LOGITS, "torch.relu(h @ W2 + b2) "),
            edit(MLP, LOGITS, "torch.sigmoid(h @ W2 + b2) "),
            edit(EXERCISES, DIRECT_HIDDEN, "torch.relu(x @ W1 + b1)"),
            edit(EXERCISES, DIRECT_HIDDEN, "torch.sigmoid(x @ W1 + b1)"),
            edit(EXERCISES, DIRECT, "return torch.relu(h @ W2 + b2 + x @ W3)"),
        ),
    ),
    Misconception(
        "bias-twice-or-missing",
        "A bias is added twice, or not at all.",
        "Set all the weights to 0. What should the logits be then?",
        (
            edit(MLP, HIDDEN, "torch.tanh(embcat @ W1)"),
            edit(MLP, HIDDEN, "torch.tanh(embcat @ W1 + b1 + b1)"),
            edit(MLP, LOGITS, "h @ W2 "),
            edit(MLP, LOGITS, "h @ W2 + b2 + b2 "),
            (Edit(MLP, HIDDEN, "torch.tanh(embcat @ W1)"), Edit(MLP, LOGITS, "h @ W2 ")),
            edit(EXERCISES, DIRECT_HIDDEN, "torch.tanh(x @ W1)"),
            edit(EXERCISES, DIRECT, "return h @ W2 + x @ W3"),
            edit(EXERCISES, DIRECT, "return h @ W2 + b2 + x @ W3 + b2"),
        ),
    ),
)
