try:
    from engine import Value
except ModuleNotFoundError:
    from grader.inside.probes.lecture9_microgpt.abacus import Value


def linear(x, w):
    out = []
    for row in w:
        total = row[0] * x[0]
        for j in range(1, len(x)):
            total = total + row[j] * x[j]
        out.append(total)
    return out


def softmax(logits):
    top = logits[0].data
    for logit in logits:
        if logit.data > top:
            top = logit.data
    exps = []
    for logit in logits:
        exps.append((logit - top).exp())
    total = exps[0]
    for i in range(1, len(exps)):
        total = total + exps[i]
    shares = []
    for e in exps:
        shares.append(e / total)
    return shares


def net_gradients(net, token, target):
    wte, w1, w2 = [], [], []
    for rows, values in ((net["wte"], wte), (net["w1"], w1), (net["w2"], w2)):
        for row in rows:
            made = []
            for number in row:
                made.append(Value(number))
            values.append(made)
    hidden = linear(wte[token], w1)
    for i in range(len(hidden)):
        hidden[i] = hidden[i].relu()
    probs = softmax(linear(hidden, w2))
    loss = probs[target].log() * -1
    loss.backward()
    gradients = {"wte": [], "w1": [], "w2": []}
    for name, values in (("wte", wte), ("w1", w1), ("w2", w2)):
        for row in values:
            gradients[name].append([])
            for value in row:
                gradients[name][-1].append(value.grad)
    return gradients
