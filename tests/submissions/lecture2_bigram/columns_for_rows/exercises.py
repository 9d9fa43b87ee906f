import torch

def logits_by_indexing(xs, W):
    return W[xs].T
