"""The parts of a transformer: a norm, attention with one head and with several, and a small net for each position.

Steps 4 and 5 of 6. Needs `linear` and `softmax` of autograd.py. Every vector is a list of Values.
What is left out: biases, dropout, and the learned gain of the norm. The positions come one at a time, each with a
cache of what the earlier ones left behind, so that nobody can look ahead.
"""

from autograd import linear, softmax


def rmsnorm(x):
    """The vector at a size of about 1: x divided by the root of (the mean of its squares + 1e-5).

    x: a list of n Values. Returns a list of n Values. Unlike LayerNorm, nothing is subtracted, and nothing is learned.

    >>> [round(out.data, 4) for out in rmsnorm([Value(3.0), Value(-4.0)])]
    [0.8485, -1.1314]

    Source: microgpt, rmsnorm; Zhang and Sennrich 2019, equation 4.
    """
    ### BEGIN SOLUTION rmsnorm
    mean_square = sum(xi * xi for xi in x) / len(x)
    scale = (mean_square + 1e-5) ** -0.5                 # a Value: gradients flow through it to every xi
    return [xi * scale for xi in x]
    ### END SOLUTION


def attend(query, keys, values):
    """One head: a mixture of the values, in which a value has the more weight the better its key fits the query.

    query: a list of d Values. keys and values: for each of T positions a list of d Values. The score of a position is
    the dot product of query and key, divided by the root of d; the softmax of the T scores are the weights.
    Returns a list of d Values.

    >>> keys, values = [[Value(1.0)], [Value(1.0)], [Value(1.0)]], [[Value(6.0)], [Value(0.0)], [Value(3.0)]]
    >>> round(attend([Value(5.0)], keys, values)[0].data, 4)                # equal keys, equal weights
    3.0

    Source: microgpt, the fourth of its six steps; Vaswani et al. 2017, equation 1.
    """
    ### BEGIN SOLUTION one-head
    scores = [sum(qi * ki for qi, ki in zip(query, key)) / len(query) ** 0.5 for key in keys]      # (T,)
    weights = softmax(scores)                                                                      # (T,)
    return [sum(w * value[j] for w, value in zip(weights, values)) for j in range(len(query))]     # (d,)
    ### END SOLUTION


def attention(x, layer, n_head, keys, values):
    """Several heads side by side, for one position. Returns a list of n_embd Values.

    x: this position's vector, n_embd Values. layer: a dict of (n_embd, n_embd) matrices, "wq", "wk", "wv" and "wo".
    keys, values: the caches, a list of n_embd Values for each earlier position. First this position's own key, wk times
    x, and value, wv times x, are appended to them: every position sees itself, too. Head number i works with a part of
    the query, of every key and of every value: of the n_embd numbers the i-th n_embd // n_head that follow one another.
    What the heads give, one behind the other, is multiplied by wo.

    What is in the caches are Values, not their data: what a later position reads there sends its gradient back.

    >>> same = [[Value(1.0), Value(0.0)], [Value(0.0), Value(1.0)]]
    >>> layer, keys, values = {"wq": same, "wk": same, "wv": same, "wo": same}, [], []
    >>> [out.data for out in attention([Value(2.0), Value(3.0)], layer, 2, keys, values)], len(keys)
    ([2.0, 3.0], 1)

    Source: microgpt, the fourth and the fifth of its six steps; Vaswani et al. 2017, section 3.2.2.
    """
    ### BEGIN SOLUTION many-heads
    query = linear(x, layer["wq"])
    keys.append(linear(x, layer["wk"]))
    values.append(linear(x, layer["wv"]))

    size = len(x) // n_head
    out = []
    for start in range(0, len(x), size):
        part = slice(start, start + size)                # the numbers of this head
        out += attend(query[part], [key[part] for key in keys], [value[part] for value in values])
    return linear(out, layer["wo"])
    ### END SOLUTION


def mlp(x, layer):
    """What each position does by itself: layer["w1"] times x, relu of that, and layer["w2"] times the result.

    x: n_embd Values. In a GPT, w1 is (4 * n_embd, n_embd) and w2 (n_embd, 4 * n_embd). Returns len(w2) Values.

    >>> layer = {"w1": [[Value(1.0)], [Value(-1.0)]], "w2": [[Value(10.0), Value(1.0)]]}
    >>> [mlp([Value(x)], layer)[0].data for x in (2.0, -3.0)]
    [20.0, 3.0]

    Source: microgpt, the fourth of its six steps.
    """
    ### BEGIN SOLUTION relu-mlp
    hidden = [h.relu() for h in linear(x, layer["w1"])]
    return linear(hidden, layer["w2"])
    ### END SOLUTION
