"""Training with Adam, and inventing names.

Step 6 of 6. Needs tokens.py, autograd.py and gpt.py.
"""

from autograd import softmax
from gpt import doc_loss, gpt, parameters_of
from tokens import encode


def adam_step(parameters, m, v, step, lr, beta1=0.85, beta2=0.99, eps=1e-8):
    """Move every parameter once, against its gradient, by Adam's rule; then set every gradient to 0. Returns nothing.

    parameters: a list of Values that have their gradients. m, v: lists of as many floats, changed in place; they
    begin as zeros. step: 0, 1, 2, ... For each parameter with gradient g:

    m becomes beta1 * m + (1 - beta1) * g, a running mean of gradients; v becomes beta2 * v + (1 - beta2) * g squared.
    Both start at 0, which is too low. So they are divided by 1 - beta1 ** (step + 1) and 1 - beta2 ** (step + 1) before
    they are used; what is kept in the lists is not divided. The parameter's data becomes lower by
    lr * m / (root of v + eps), with these two corrected numbers.

    >>> p, m, v = Value(1.0), [0.0], [0.0]
    >>> p.grad = -40.0
    >>> adam_step([p], m, v, 0, 0.01)
    >>> round(p.data, 6), round(m[0], 6), round(v[0], 6), p.grad           # the first step is lr long, whatever g is
    (1.01, -6.0, 16.0, 0.0)

    Source: microgpt, the last of its six steps; Kingma and Ba 2015, algorithm 1.
    """
    raise NotImplementedError("adam-step")  # TODO: your code goes here


def train(model, docs, letters, n_head, steps, lr):
    """Train on one document per step. Returns the list of losses, one float per step.

    Step number s (0, 1, ...) reads docs[s], and begins again from the front when there are no more. Its loss is
    doc_loss; then backward(), and one adam_step whose learning rate falls in a straight line: lr * (1 - s / steps).
    Before the first step all gradients are 0. The model's Values change in place.

    Source: microgpt, its training loop.
    """
    raise NotImplementedError("train-gpt")  # TODO: your code goes here


def sample(model, letters, n_head, temperature, rng):
    """Invent one name, token by token. Returns a str without BOS.

    The first token is BOS at position 0, with empty caches. The logits are divided by the temperature, then come
    softmax and one draw: rng.choices(range(vocab_size), weights=...)[0], with the probabilities as floats. What was
    drawn is the next token. The name is complete when BOS is drawn, or when there is no position left.

    A temperature below 1 makes what is likely more likely still; 0.5 is microgpt's.

    Source: microgpt, its inference.
    """
    raise NotImplementedError("sample-gpt")  # TODO: your code goes here
