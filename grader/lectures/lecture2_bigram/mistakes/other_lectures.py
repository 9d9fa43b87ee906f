"""Known mistakes of lecture 2 that the catalogue tells of other lectures: sizes, training, splits."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture2_bigram.mistakes.shared import COUNTS, EXERCISES, NEURAL

UPDATE = "        W.data += -lr * W.grad\n"

MISCONCEPTIONS = (
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
        "losses-on-graph",
        "Losses are kept as tensors that hang on the graph, where numbers are asked for.",
        "What is type(losses[0])? What must be kept in memory so that backward() could still start from it?",
        (edit(NEURAL, "losses.append(loss.item())", "losses.append(loss)"),),
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
            edit(EXERCISES, "shuffled[n1:n2]", "shuffled[:n1]"),
            edit(EXERCISES, "shuffled[n2:]", "shuffled[n1:]"),
            edit(EXERCISES, "shuffled[n2:]", "shuffled[:n2]"),
            edit(EXERCISES, "shuffled[n2:]", "shuffled[:n1]"),
            edit(EXERCISES, "shuffled[n2:]", "shuffled"),
            edit(EXERCISES, "shuffled[n2:]", "shuffled[n1:n2]"),
            edit(EXERCISES, "shuffled[:n1]", "shuffled"),
            edit(EXERCISES, "shuffled[:n1]", "shuffled[:n2]"),
            edit(EXERCISES, "shuffled[:n1], shuffled[n1:n2], shuffled[n2:]", "shuffled, shuffled, shuffled"),
        ),
    ),
    Misconception(
        "split-unshuffled",
        "The words are shared out in the order in which they come.",
        "How is the list sorted? What would the last tenth of it look like?",
        (edit(EXERCISES, "    rng.shuffle(shuffled)\n", ""),),
    ),
    Misconception(
        "split-in-place",
        "The list that was handed in is changed, and the caller finds it so afterwards.",
        "Print the caller's list before and after the call. Whose list do you shuffle?",
        (edit(EXERCISES, "shuffled = list(words) ", "shuffled = words "),),
    ),
    Misconception(
        "split-other-rng",
        "The words are shuffled by another source of chance than the rng that was handed in.",
        "Split twice with the same rng, and once with another. Which of the three should be alike, and which are?",
        (
            edit(EXERCISES, "rng.shuffle(shuffled)", "__import__('random').Random(42).shuffle(shuffled)"),
            edit(EXERCISES, "rng.shuffle(shuffled)", "__import__('random').shuffle(shuffled)"),
        ),
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
