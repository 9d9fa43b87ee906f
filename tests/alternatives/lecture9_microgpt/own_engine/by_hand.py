import math


def forward(net, token):
    steps = {"x": net["wte"][token]}
    steps["pre"] = [sum([row[j] * steps["x"][j] for j in range(len(row))]) for row in net["w1"]]
    steps["h"] = [max(p, 0.0) for p in steps["pre"]]
    logits = [sum([row[j] * steps["h"][j] for j in range(len(row))]) for row in net["w2"]]
    highest = sorted(logits)[-1]
    powers = [math.e ** (logit - highest) for logit in logits]
    steps["probs"] = [power / math.fsum(powers) for power in powers]
    return tuple(steps.values())


def net_loss(net, token, target):
    return -math.log(forward(net, token)[-1][target])


def hand_gradients(net, token, target):
    x, pre, h, probs = forward(net, token)
    alive = [j for j in range(len(h)) if pre[j] > 0]
    wrong = {i: probs[i] for i in range(len(probs))}
    wrong[target] -= 1
    arrives = {j: sum(wrong[i] * net["w2"][i][j] for i in wrong) for j in alive}
    gradients = {
        "w2": [[wrong[i] * number for number in h] for i in wrong],
        "w1": [[arrives.get(j, 0.0) * number for number in x] for j in range(len(h))],
        "wte": [[0.0 for _ in row] for row in net["wte"]],
    }
    for j, arriving in arrives.items():
        for k, weight in enumerate(net["w1"][j]):
            gradients["wte"][token][k] += arriving * weight
    return gradients


def number_gradients(loss, net, h):
    def copy_with(name, i, j, number):
        other = {key: [row[:] for row in rows] for key, rows in net.items()}
        other[name][i][j] = number
        return other

    gradients = {}
    for name, rows in net.items():
        gradients[name] = [
            [
                (loss(copy_with(name, i, j, w + h)) - loss(copy_with(name, i, j, w - h))) / (h + h)
                for j, w in enumerate(row)
            ]
            for i, row in enumerate(rows)
        ]
    return gradients
