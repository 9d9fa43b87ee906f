def forward_pieces(parameters, Xb, Yb):
    C, W1, b1, W2, b2, bngain, bnbias = parameters
    n, keep = len(Xb), {"keepdim": True}
    embcat = (emb := C[Xb]).flatten(1)
    bndiff = (hprebn := embcat @ W1 + b1) - (bnmeani := hprebn.mean(0, **keep))
    bnvar = (bndiff2 := bndiff * bndiff).sum(0, **keep) / (n - 1)
    bnraw = bndiff * (bnvar_inv := (bnvar + 1e-5).rsqrt())
    h = (hpreact := bngain * bnraw + bnbias).tanh()
    norm_logits = (logits := h @ W2 + b2) - (logit_maxes := logits.max(1, **keep)[0])
    counts_sum_inv = 1 / (counts_sum := (counts := norm_logits.exp()).sum(1, **keep))
    logprobs = (probs := counts * counts_sum_inv).log()
    loss = -logprobs.gather(1, Yb[:, None]).mean()
    return locals()
