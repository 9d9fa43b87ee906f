import math


def forward(net, token):
    x = []
    for number in net["wte"][token]:
        x.append(number)
    pre = []
    for i in range(len(net["w1"])):
        total = 0.0
        for j in range(len(x)):
            total += net["w1"][i][j] * x[j]
        pre.append(total)
    h = []
    for p in pre:
        if p > 0:
            h.append(p)
        else:
            h.append(0.0)
    logits = []
    for i in range(len(net["w2"])):
        total = 0.0
        for j in range(len(h)):
            total += net["w2"][i][j] * h[j]
        logits.append(total)
    top = logits[0]
    for logit in logits:
        if logit > top:
            top = logit
    counts = []
    for logit in logits:
        counts.append(math.exp(logit - top))
    total = sum(counts)
    probs = []
    for count in counts:
        probs.append(count / total)
    return x, pre, h, probs


def net_loss(net, token, target):
    x, pre, h, probs = forward(net, token)
    return -math.log(probs[target])


def hand_gradients(net, token, target):
    x, pre, h, probs = forward(net, token)
    E, H, V = len(x), len(h), len(probs)
    dlogits = []
    for i in range(V):
        dlogits.append(probs[i])
    dlogits[target] -= 1.0
    dw2 = []
    dh = [0.0] * H
    for i in range(V):
        row = []
        for j in range(H):
            row.append(dlogits[i] * h[j])
            dh[j] += dlogits[i] * net["w2"][i][j]
        dw2.append(row)
    dw1 = []
    dx = [0.0] * E
    for i in range(H):
        dpre = 0.0
        if pre[i] > 0:
            dpre = dh[i]
        row = []
        for j in range(E):
            row.append(dpre * x[j])
            dx[j] += dpre * net["w1"][i][j]
        dw1.append(row)
    dwte = []
    for i in range(len(net["wte"])):
        if i == token:
            dwte.append(dx)
        else:
            dwte.append([0.0] * E)
    return {"wte": dwte, "w1": dw1, "w2": dw2}


def number_gradients(loss, net, h):
    gradients = {}
    for name in net:
        gradients[name] = []
        for i in range(len(net[name])):
            row = []
            for j in range(len(net[name][i])):
                old = net[name][i][j]
                net[name][i][j] = old - h
                low = loss(net)
                net[name][i][j] = old + h
                high = loss(net)
                net[name][i][j] = old
                row.append((high - low) / (2 * h))
            gradients[name].append(row)
    return gradients
