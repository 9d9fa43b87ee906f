import torch
from torch import einsum


def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    n, ones = len(Xb), torch.ones(len(Xb), dtype=C.dtype)
    letters = torch.nn.functional.one_hot(Xb, len(C)).to(C.dtype)
    v = {"emb": einsum("ntv,ve->nte", letters, C)}
    v["embcat"] = v["emb"].flatten(1)
    v["hprebn"] = einsum("nd,dh->nh", v["embcat"], W1) + b1
    v["bnmeani"] = einsum("n,nh->h", ones, v["hprebn"])[None] / n
    v["bndiff"] = v["hprebn"] - v["bnmeani"]
    v["bndiff2"] = v["bndiff"].square()
    v["bnvar"] = einsum("nh,nh->h", v["bndiff"], v["bndiff"])[None] / (n - 1)
    v["bnvar_inv"] = (v["bnvar"] + 1e-5).rsqrt()
    v["bnraw"] = einsum("nh,h->nh", v["bndiff"], v["bnvar_inv"][0])
    v["hpreact"] = einsum("h,nh->nh", bngain[0], v["bnraw"]) + bnbias
    v["h"] = v["hpreact"].tanh()
    v["logits"] = einsum("nh,hv->nv", v["h"], W2) + b2
    v["logit_maxes"] = v["logits"].amax(1, keepdim=True)
    v["norm_logits"] = v["logits"] - v["logit_maxes"]
    v["counts"] = v["norm_logits"].exp()
    v["counts_sum"] = einsum("nv->n", v["counts"])[:, None]
    v["counts_sum_inv"] = v["counts_sum"].reciprocal()
    v["probs"] = einsum("nv,n->nv", v["counts"], v["counts_sum_inv"][:, 0])
    v["logprobs"] = v["probs"].log()
    targets = torch.nn.functional.one_hot(Yb, len(b2)).to(C.dtype)
    v["loss"] = -einsum("nv,nv->", targets, v["logprobs"]) / n
    return v
