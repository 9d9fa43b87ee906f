import numpy as np
import torch


def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = (p.detach().numpy() for p in parameters)
    X, Y = Xb.numpy(), Yb.numpy()
    n = X.shape[0]
    v = {}
    v["emb"] = np.take(C, X, axis=0)
    v["embcat"] = v["emb"].reshape(n, -1)
    v["hprebn"] = np.matmul(v["embcat"], W1) + b1
    v["bnmeani"] = v["hprebn"].mean(axis=0, keepdims=True)
    v["bndiff"] = np.subtract(v["hprebn"], v["bnmeani"])
    v["bndiff2"] = np.square(v["bndiff"])
    v["bnvar"] = v["hprebn"].var(axis=0, ddof=1, keepdims=True)
    v["bnvar_inv"] = np.power(v["bnvar"] + 1e-5, -0.5)
    v["bnraw"] = np.multiply(v["bndiff"], v["bnvar_inv"])
    v["hpreact"] = bngain * v["bnraw"] + bnbias
    v["h"] = np.tanh(v["hpreact"])
    v["logits"] = np.matmul(v["h"], W2) + b2
    v["logit_maxes"] = v["logits"].max(axis=1, keepdims=True)
    v["norm_logits"] = v["logits"] - v["logit_maxes"]
    v["counts"] = np.exp(v["norm_logits"])
    v["counts_sum"] = np.add.reduce(v["counts"], axis=1, keepdims=True)
    v["counts_sum_inv"] = np.reciprocal(v["counts_sum"])
    v["probs"] = v["counts"] / v["counts_sum"]
    v["logprobs"] = v["norm_logits"] - np.log(v["counts_sum"])
    v["loss"] = -np.take_along_axis(v["logprobs"], Y[:, None], axis=1).mean()
    return {name: torch.as_tensor(value) for name, value in v.items()}
