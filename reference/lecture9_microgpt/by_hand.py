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
    ### BEGIN SOLUTION hand-forward
    x = net["wte"][token]                                                          # (E,)
    pre = [sum(wi * xi for wi, xi in zip(row, x)) for row in net["w1"]]            # (H,)
    h = [max(0.0, p) for p in pre]                                                 # (H,)
    logits = [sum(wi * hi for wi, hi in zip(row, h)) for row in net["w2"]]         # (V,)

    # softmax: the differences between logits are all that counts
    largest = max(logits)
    exps = [math.exp(logit - largest) for logit in logits]
    probs = [e / sum(exps) for e in exps]                                          # (V,)
    return x, pre, h, probs
    ### END SOLUTION


def net_loss(net, token, target):
    """-log of the probability that the net gives to `target` after `token`. Returns a float.

    >>> net = {"wte": [[1.0, 2.0], [0.0, 1.0]], "w1": [[1.0, 0.5], [-1.0, 0.0]], "w2": [[0.5, 1.0], [1.0, 3.0]]}
    >>> round(net_loss(net, 0, 1), 4)
    0.3133

    Source: microgpt, the second of its six steps.
    """
    ### BEGIN SOLUTION hand-forward
    return -math.log(forward(net, token)[3][target])
    ### END SOLUTION


def hand_gradients(net, token, target):
    """The slope of net_loss(net, token, target) for every number of the net, by the chain rule.

    Returns a dict with the names and the shapes of net. The net stays as it is. A row of net["wte"] that the loss does
    not depend on has slopes of 0. Where pre is exactly 0, either slope of relu will do.

    With the net of `forward`, the logits' slopes for token 0 and target 1 are 0.2689 and -0.2689.

    Source: microgpt, the second of its six steps.
    """
    ### BEGIN SOLUTION hand-gradients
    x, pre, h, probs = forward(net, token)

    # from the loss back to the logits: each probability, and 1 less at the target
    dlogits = [p - (i == target) for i, p in enumerate(probs)]                     # (V,)

    # w2: each weight's slope is what came in times what arrives; h collects from every logit
    dw2 = [[d * hi for hi in h] for d in dlogits]                                  # (V, H)
    dh = [sum(d * row[j] for d, row in zip(dlogits, net["w2"])) for j in range(len(h))]

    # relu lets through what it let through before
    dpre = [d if p > 0 else 0.0 for d, p in zip(dh, pre)]                          # (H,)

    # w1 and x, in the same way
    dw1 = [[d * xi for xi in x] for d in dpre]                                     # (H, E)
    dx = [sum(d * row[j] for d, row in zip(dpre, net["w1"])) for j in range(len(x))]

    # only one row of the embedding took part
    dwte = [[0.0] * len(x) for _ in net["wte"]]                                    # (V, E)
    dwte[token] = dx
    return {"wte": dwte, "w1": dw1, "w2": dw2}
    ### END SOLUTION


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
    ### BEGIN SOLUTION number-check
    gradients = {}
    for name, matrix in net.items():
        gradients[name] = [[0.0] * len(row) for row in matrix]
        for i, row in enumerate(matrix):
            for j, before in enumerate(row):
                row[j] = before + h
                above = loss(net)
                row[j] = before - h
                below = loss(net)
                row[j] = before                          # put back as it was, not by adding h again
                gradients[name][i][j] = (above - below) / (2 * h)
    return gradients
    ### END SOLUTION
