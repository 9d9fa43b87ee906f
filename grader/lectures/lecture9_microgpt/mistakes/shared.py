"""What the known mistakes of lecture 9 share: the student's files, and pieces of the reference."""

TOKENS, BY_HAND, AUTOGRAD = "tokens.py", "by_hand.py", "autograd.py"
BLOCKS, GPT, TRAINING = "blocks.py", "gpt.py", "training.py"

ENCODED = "return [bos] + [letters.index(letter) for letter in doc] + [bos]"
EACH_DOC = "    for doc in docs:\n        tokens = encode(doc, letters)\n"
SHARE = "p = (counts[a][b] + 1) / (sum(counts[a]) + len(counts))"

DLOGITS = "dlogits = [p - (i == target) for i, p in enumerate(probs)]                     # (V,)"
DPRE = "dpre = [d if p > 0 else 0.0 for d, p in zip(dh, pre)]                          # (H,)"
DWTE = """    dwte = [[0.0] * len(x) for _ in net["wte"]]                                    # (V, E)
    dwte[token] = dx
"""
BELOW = "                row[j] = before - h\n                below = loss(net)\n"
BACK = "                row[j] = before                          # put back as it was, not by adding h again\n"

ROWS = "return [sum(wi * xi for wi, xi in zip(row, x)) for row in w]"
EXPS = "exps = [(logit - largest).exp() for logit in logits]"

MEAN_SQUARE = "mean_square = sum(xi * xi for xi in x) / len(x)"
SCALE = "scale = (mean_square + 1e-5) ** -0.5                 # a Value: gradients flow through it to every xi"
SCORES = "scores = [sum(qi * ki for qi, ki in zip(query, key)) / len(query) ** 0.5 for key in keys]      # (T,)"
WEIGHTS = "weights = softmax(scores)                                                                      # (T,)"
MIXED = "return [sum(w * value[j] for w, value in zip(weights, values)) for j in range(len(query))]     # (d,)"
KEY = 'keys.append(linear(x, layer["wk"]))'
VALUE = 'values.append(linear(x, layer["wv"]))'
PART = "part = slice(start, start + size)                # the numbers of this head"

STARTED = 'x = [t + p for t, p in zip(model["wte"][token], model["wpe"][position])]'
LAYERS = 'for layer, layer_keys, layer_values in zip(model["layers"], keys, values):'
HEADS = "heads = attention(rmsnorm(x), layer, n_head, layer_keys, layer_values)"
HIDDEN = "hidden = mlp(rmsnorm(x), layer)"
AFTER_HEADS = "x = [a + b for a, b in zip(x, heads)]"
AFTER_HIDDEN = "x = [a + b for a, b in zip(x, hidden)]"
CACHES = '    keys = [[] for _ in model["layers"]]\n    values = [[] for _ in model["layers"]]\n'
POSITIONS = 'for position in range(min(len(model["wpe"]), len(tokens) - 1)):'
LOSS = "losses.append(-probs[tokens[position + 1]].log())"

FIRST = "m[i] = beta1 * m[i] + (1 - beta1) * p.grad"
SECOND = "v[i] = beta2 * v[i] + (1 - beta2) * p.grad**2"
M_HAT = "m_hat = m[i] / (1 - beta1 ** (step + 1))"
V_HAT = "v_hat = v[i] / (1 - beta2 ** (step + 1))"
MOVE = "p.data -= lr * m_hat / (v_hat**0.5 + eps)"
MOMENTS = "    m, v = [0.0] * len(parameters), [0.0] * len(parameters)\n"
STEP = "adam_step(parameters, m, v, step, lr * (1 - step / steps))"
COOLED = "probs = softmax([logit / temperature for logit in logits])"
DRAWN = "token = rng.choices(range(len(probs)), weights=[p.data for p in probs])[0]"
READ = "logits = gpt(token, position, model, n_head, keys, values)"
START = 'token, name = len(letters), ""'
