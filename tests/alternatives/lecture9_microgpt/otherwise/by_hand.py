import math


def columns(w, x):
    """w times x, one column after the other."""
    out = [0.0] * len(w)
    for j, xj in enumerate(x):
        out = [o + row[j] * xj for o, row in zip(out, w)]
    return out


def forward(net, token):
    x = list(net["wte"][token])
    pre = columns(net["w1"], x)
    h = [(p + abs(p)) / 2 for p in pre]
    logits = columns(net["w2"], h)
    # each share by the differences to all others
    top = max(logits)
    log_total = top + math.log(sum(math.exp(z - top) for z in logits))
    return x, pre, h, [math.exp(z - log_total) for z in logits]


def net_loss(net, token, target):
    return math.log(1 / forward(net, token)[3][target])


def hand_gradients(net, token, target):
    x, pre, h, probs = forward(net, token)
    found = {name: [[0.0] * len(row) for row in rows] for name, rows in net.items()}
    # every path from the loss to a number, one after the other
    for k, p in enumerate(probs):
        d = p - 1 if k == target else p
        for i, hi in enumerate(h):
            found["w2"][k][i] += d * hi
            if pre[i] <= 0:
                continue
            through = d * net["w2"][k][i]
            for j, xj in enumerate(x):
                found["w1"][i][j] += through * xj
                found["wte"][token][j] += through * net["w1"][i][j]
    return found


def number_gradients(loss, net, h):
    def places():
        for name, rows in net.items():
            for row in rows:
                for j in range(len(row)):
                    yield name, row, j

    flat = []
    for _, row, j in places():
        kept, seen = row[j], []
        for sign in (1, -1):
            row[j] = kept + sign * h
            seen.append(sign * loss(net))
        row[j] = kept
        flat.append(sum(seen) / h * 0.5)
    slopes = iter(flat)
    return {name: [[next(slopes) for _ in row] for row in rows] for name, rows in net.items()}
