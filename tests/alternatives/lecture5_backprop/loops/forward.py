import math

import torch

WIDE = ("hprebn", "bndiff", "bndiff2", "bnraw", "hpreact", "h", "logits", "norm_logits", "counts", "probs", "logprobs")


def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, (bngain,), (bnbias,) = [p.tolist() for p in parameters]
    n = len(Xb)
    v = {"emb": [[C[ix] for ix in row] for row in Xb.tolist()]}
    v["embcat"] = [[x for letter in row for x in letter] for row in v["emb"]]
    v["hprebn"] = linear(v["embcat"], W1, b1)
    means = [sum(column) / n for column in zip(*v["hprebn"])]
    v["bndiff"] = [[x - mean for x, mean in zip(row, means)] for row in v["hprebn"]]
    v["bndiff2"] = [[x * x for x in row] for row in v["bndiff"]]
    variances = [sum(column) / (n - 1) for column in zip(*v["bndiff2"])]
    inverses = [1 / math.sqrt(variance + 1e-5) for variance in variances]
    v["bnraw"] = [[x * inverse for x, inverse in zip(row, inverses)] for row in v["bndiff"]]
    v["hpreact"] = [[g * x + b for g, x, b in zip(bngain, row, bnbias)] for row in v["bnraw"]]
    v["h"] = [[math.tanh(x) for x in row] for row in v["hpreact"]]
    v["logits"] = linear(v["h"], W2, b2)
    maxes = [max(row) for row in v["logits"]]
    v["norm_logits"] = [[x - most for x in row] for row, most in zip(v["logits"], maxes)]
    v["counts"] = [[math.exp(x) for x in row] for row in v["norm_logits"]]
    sums = [sum(row) for row in v["counts"]]
    v["probs"] = [[x / total for x in row] for row, total in zip(v["counts"], sums)]
    v["logprobs"] = [[math.log(x) for x in row] for row in v["probs"]]
    v["loss"] = -sum(row[y] for row, y in zip(v["logprobs"], Yb.tolist())) / n
    v |= {"bnmeani": [means], "bnvar": [variances], "bnvar_inv": [inverses]}
    v |= {"logit_maxes": [[x] for x in maxes], "counts_sum": [[x] for x in sums]}
    v["counts_sum_inv"] = [[1 / x] for x in sums]
    return {name: torch.tensor(value, dtype=parameters[0].dtype) for name, value in v.items()}


def linear(rows, W, b):
    return [[sum(x * w for x, w in zip(row, column)) + bias for column, bias in zip(zip(*W), b)] for row in rows]
