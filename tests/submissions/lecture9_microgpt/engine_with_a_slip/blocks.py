from autograd import linear, softmax


def rmsnorm(x):
    total = x[0] * x[0]
    for i in range(1, len(x)):
        total = total + x[i] * x[i]
    root = (total / len(x) + 1e-5) ** 0.5
    out = []
    for xi in x:
        out.append(xi / root)
    return out


def attend(query, keys, values):
    d = len(query)
    scores = []
    for key in keys:
        score = query[0] * key[0]
        for j in range(1, d):
            score = score + query[j] * key[j]
        scores.append(score / d**0.5)
    weights = softmax(scores)
    out = []
    for j in range(d):
        total = weights[0] * values[0][j]
        for t in range(1, len(values)):
            total = total + weights[t] * values[t][j]
        out.append(total)
    return out


def attention(x, layer, n_head, keys, values):
    q = linear(x, layer["wq"])
    k = linear(x, layer["wk"])
    v = linear(x, layer["wv"])
    keys.append(k)
    values.append(v)
    d = len(x) // n_head
    out = []
    for head in range(n_head):
        q_part = q[head * d : head * d + d]
        k_parts = []
        v_parts = []
        for t in range(len(keys)):
            k_parts.append(keys[t][head * d : head * d + d])
            v_parts.append(values[t][head * d : head * d + d])
        for number in attend(q_part, k_parts, v_parts):
            out.append(number)
    return linear(out, layer["wo"])


def mlp(x, layer):
    hidden = linear(x, layer["w1"])
    for i in range(len(hidden)):
        hidden[i] = hidden[i].relu()
    return linear(hidden, layer["w2"])
