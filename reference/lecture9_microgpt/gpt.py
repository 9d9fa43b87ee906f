"""A whole GPT: its parameters, what it says at one position, and how wrong it is about a document.

Step 5 of 6. Needs autograd.py and blocks.py.
What is left out: batches. One document is read at a time, one token after the other.

A model is a dict of matrices of Values, and a list of layers:
model["wte"] (vocab_size, n_embd); model["wpe"] (block_size, n_embd); model["lm_head"] (vocab_size, n_embd);
model["layers"], for each layer a dict: "wq", "wk", "wv", "wo" (n_embd, n_embd), "w1" (4 * n_embd, n_embd), "w2"
(n_embd, 4 * n_embd). Everything in it is learned.
"""

from autograd import Value, linear, softmax
from blocks import attention, mlp, rmsnorm


def make_model(vocab_size, block_size, n_embd, n_layer, rng):
    """A model whose numbers are drawn at random: Value(rng.gauss(0, 0.08)) for each.

    rng: a random.Random. The order of the draws: wte, wpe, lm_head, then layer by layer wq, wk, wv, wo, w1, w2; within
    a matrix row by row.

    >>> model = make_model(27, 16, 16, 1, random.Random(42))
    >>> len(parameters_of(model))
    4192

    Source: microgpt, its standard size.
    """
    ### BEGIN SOLUTION gpt-parameters
    def matrix(rows, columns):
        return [[Value(rng.gauss(0, 0.08)) for _ in range(columns)] for _ in range(rows)]

    model = {
        "wte": matrix(vocab_size, n_embd),
        "wpe": matrix(block_size, n_embd),
        "lm_head": matrix(vocab_size, n_embd),
        "layers": [],
    }
    for _ in range(n_layer):
        model["layers"].append({
            "wq": matrix(n_embd, n_embd),
            "wk": matrix(n_embd, n_embd),
            "wv": matrix(n_embd, n_embd),
            "wo": matrix(n_embd, n_embd),
            "w1": matrix(4 * n_embd, n_embd),
            "w2": matrix(n_embd, 4 * n_embd),
        })
    return model
    ### END SOLUTION


def parameters_of(model):
    """All Values of a model in one list, in the order in which make_model draws them.

    Source: microgpt, params.
    """
    ### BEGIN SOLUTION gpt-parameters
    matrices = [model["wte"], model["wpe"], model["lm_head"]]
    for layer in model["layers"]:
        matrices += [layer[name] for name in ("wq", "wk", "wv", "wo", "w1", "w2")]
    return [value for matrix in matrices for row in matrix for value in row]
    ### END SOLUTION


def gpt(token, position, model, n_head, keys, values):
    """What comes after this token at this position? Returns a list of vocab_size Values, the logits.

    keys, values: for each layer its cache (see attention), which grows by this position.
    The vector x begins as the token's row of wte plus the position's row of wpe, and then its rmsnorm. In each layer,
    x becomes x + attention of rmsnorm(x), and then x + mlp of rmsnorm(x). At the end, lm_head times x.

    Source: microgpt, gpt.
    """
    ### BEGIN SOLUTION gpt-step
    # what it is, and where it stands
    x = [t + p for t, p in zip(model["wte"][token], model["wpe"][position])]
    x = rmsnorm(x)

    # each layer adds to the vector, and nothing is ever overwritten: the residual stream
    for layer, layer_keys, layer_values in zip(model["layers"], keys, values):
        heads = attention(rmsnorm(x), layer, n_head, layer_keys, layer_values)
        x = [a + b for a, b in zip(x, heads)]
        hidden = mlp(rmsnorm(x), layer)
        x = [a + b for a, b in zip(x, hidden)]

    return linear(x, model["lm_head"])
    ### END SOLUTION


def doc_losses(tokens, model, n_head):
    """How surprised the model is by each next token of a document: -log of the probability that it gives to it.

    tokens: a list of int, BOS at both ends. The model reads tokens[0] at position 0 and is asked for tokens[1], and so
    on, until it has been asked for the last token, or until there are no more positions: the model has block_size of
    them, as many as rows in wpe. Every document begins with empty caches. Returns a list of Values.

    It need not be much work: for "emma" and a model of the sizes 27, 8, 4, 1, our doc_loss makes 4,311 Values with the
    kit's engine. A check says so if yours makes ten times as many, and takes no points for it.

    Source: microgpt, its training loop.
    """
    ### BEGIN SOLUTION doc-loss
    keys = [[] for _ in model["layers"]]
    values = [[] for _ in model["layers"]]
    losses = []
    for position in range(min(len(model["wpe"]), len(tokens) - 1)):
        logits = gpt(tokens[position], position, model, n_head, keys, values)
        probs = softmax(logits)
        losses.append(-probs[tokens[position + 1]].log())
    return losses
    ### END SOLUTION


def doc_loss(tokens, model, n_head):
    """The mean of doc_losses, one Value.

    A model that has learned nothing costs about log(27), 3.2958 for 27 tokens, whatever the document.

    Source: microgpt, its training loop.
    """
    ### BEGIN SOLUTION doc-loss
    losses = doc_losses(tokens, model, n_head)
    return sum(losses) / len(losses)
    ### END SOLUTION
