from collections import OrderedDict

import torch
import torch.nn.functional as F


def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    steps = OrderedDict(emb=F.embedding(Xb, C))
    steps["embcat"] = torch.flatten(steps["emb"], start_dim=1)
    steps["hprebn"] = torch.addmm(b1, steps["embcat"], W1)
    var, mean = torch.var_mean(steps["hprebn"], dim=0, correction=1, keepdim=True)
    steps.update(bnmeani=mean, bndiff=torch.sub(steps["hprebn"], mean))
    steps.update(bndiff2=torch.square(steps["bndiff"]), bnvar=var, bnvar_inv=torch.rsqrt(var + 1e-5))
    steps["bnraw"] = torch.mul(steps["bndiff"], steps["bnvar_inv"])
    steps["hpreact"] = torch.addcmul(bnbias, bngain, steps["bnraw"])
    steps["h"] = torch.tanh(steps["hpreact"])
    steps["logits"] = F.linear(steps["h"], W2.t(), b2)
    steps["logit_maxes"] = torch.max(steps["logits"], dim=1, keepdim=True)[0]
    steps["norm_logits"] = steps["logits"] - steps["logit_maxes"]
    steps["counts"] = torch.exp(steps["norm_logits"])
    steps["counts_sum"] = torch.sum(steps["counts"], dim=1, keepdim=True)
    steps["counts_sum_inv"] = torch.pow(steps["counts_sum"], -1)
    steps["probs"] = torch.softmax(steps["logits"], dim=1)
    steps["logprobs"] = torch.log_softmax(steps["logits"], dim=1)
    steps["loss"] = F.cross_entropy(steps["logits"], Yb)
    return steps
