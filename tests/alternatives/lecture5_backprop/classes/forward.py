import torch


class Tape:
    """Runs one line after the other and keeps each result under its name."""

    def __init__(self):
        self.kept = {}

    def __setitem__(self, name, value):
        self.kept[name] = value

    def __getitem__(self, name):
        return self.kept[name]


class Forward:
    def __init__(self, parameters):
        self.C, self.W1, self.b1, self.W2, self.b2, self.bngain, self.bnbias = parameters
        self.tape = Tape()

    def embed(self, X):
        self.tape["emb"] = torch.nn.functional.embedding(X, self.C)
        self.tape["embcat"] = self.tape["emb"].reshape(len(X), -1)
        self.tape["hprebn"] = torch.nn.functional.linear(self.tape["embcat"], self.W1.T, self.b1)

    def normalise(self):
        t = self.tape
        n = len(t["hprebn"])
        t["bnmeani"] = torch.mean(t["hprebn"], 0, True)
        t["bndiff"] = t["hprebn"] - t["bnmeani"]
        t["bndiff2"] = torch.pow(t["bndiff"], 2)
        t["bnvar"] = torch.sum(t["bndiff2"], 0, True) / (n - 1)
        t["bnvar_inv"] = 1 / torch.sqrt(t["bnvar"] + 1e-5)
        t["bnraw"] = t["bndiff"] * t["bnvar_inv"]
        t["hpreact"] = self.bngain * t["bnraw"] + self.bnbias

    def output(self):
        self.tape["h"] = torch.tanh(self.tape["hpreact"])
        self.tape["logits"] = torch.addmm(self.b2, self.tape["h"], self.W2)

    def cross_entropy(self, Y):
        t = self.tape
        t["logit_maxes"] = torch.amax(t["logits"], 1, True)
        t["norm_logits"] = t["logits"] - t["logit_maxes"]
        t["counts"] = torch.exp(t["norm_logits"])
        t["counts_sum"] = torch.sum(t["counts"], 1, True)
        t["counts_sum_inv"] = torch.reciprocal(t["counts_sum"])
        t["probs"] = t["counts"] * t["counts_sum_inv"]
        t["logprobs"] = torch.log(t["probs"])
        t["loss"] = torch.nn.functional.nll_loss(t["logprobs"], Y)


def forward_pieces(parameters, Xb, Yb):
    net = Forward(parameters)
    net.embed(Xb)
    net.normalise()
    net.output()
    net.cross_entropy(Yb)
    return net.tape.kept
