"""A small net in plain numbers: what it says, its gradients by hand, and how numbers prove them.

Step 2 of 6. Plain floats in plain lists: no Value yet, so that every link of the chain rule is a line of yours.
Nothing of your own is needed.

A net is a dict of three matrices, each a list of rows:
net["wte"] (V, E), the embedding of each token; net["w1"] (H, E); net["w2"] (V, H). There are no biases.
"""

import math


def forward(net, token):
    """What the net makes of one token, step by step. Returns four lists of floats: x, pre, h, probs.

    x: the token's row of net["wte"], (E,). pre: w1 times x, (H,). h: relu of pre, what is above 0 and else 0. probs:
    the softmax of w2 times h, (V,). Subtract the largest logit from all of them first, so that exp cannot overflow.

    >>> net = {"wte": [[1.0, 2.0], [0.0, 1.0]], "w1": [[1.0, 0.5], [-1.0, 0.0]], "w2": [[0.5, 1.0], [1.0, 3.0]]}
    >>> x, pre, h, probs = forward(net, 0)
    >>> x, pre, h
    ([1.0, 2.0], [2.0, -1.0], [2.0, 0.0])

    Source: microgpt, the second of its six steps.
    """
    raise NotImplementedError("hand-forward")  # TODO: your code goes here


def net_loss(net, token, target):
    """-log of the probability that the net gives to `target` after `token`. Returns a float.

    >>> net = {"wte": [[1.0, 2.0], [0.0, 1.0]], "w1": [[1.0, 0.5], [-1.0, 0.0]], "w2": [[0.5, 1.0], [1.0, 3.0]]}
    >>> round(net_loss(net, 0, 1), 4)
    0.3133

    Source: microgpt, the second of its six steps.
    """
    raise NotImplementedError("hand-forward")  # TODO: your code goes here


def hand_gradients(net, token, target):
    """The slope of net_loss(net, token, target) for every number of the net, by the chain rule.

    Returns a dict with the names and the shapes of net. The net stays as it is. A row of net["wte"] that the loss does
    not depend on has slopes of 0. Where pre is exactly 0, either slope of relu will do.

    With the net of `forward`, the logits' slopes for token 0 and target 1 are 0.2689 and -0.2689.

    Source: microgpt, the second of its six steps.
    """
    raise NotImplementedError("hand-gradients")  # TODO: your code goes here


def number_gradients(loss, net, h):
    """The same slopes without any calculus: nudge one number at a time, and look at what the loss does.

    loss: a function from a net to a float. The slope for a number w is (loss with w + h - loss with w - h) / (2h).
    Returns a dict with the names and the shapes of net. Afterwards every number of the net is what it was, exactly.

    >>> net = {"w1": [[3.0, 5.0]], "w2": [[7.0]]}
    >>> found = number_gradients(lambda net: net["w1"][0][0] ** 2 + net["w1"][0][1] * net["w2"][0][0], net, 0.5)
    >>> found
    {'w1': [[6.0, 7.0]], 'w2': [[5.0]]}

    Source: microgpt, the second of its six steps; lecture 1, 0:08 for the slope itself.
    """
    raise NotImplementedError("number-check")  # TODO: your code goes here
