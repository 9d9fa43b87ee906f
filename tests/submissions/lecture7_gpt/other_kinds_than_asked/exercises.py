import torch.nn.functional as F


def addition_rows(pairs, ndigit):
    return [[int(digit) for digit in f"{a:0{ndigit}d}{b:0{ndigit}d}{a + b:0{ndigit + 1}d}"] for a, b in pairs]


def masked_loss(logits, targets):
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=-1).item()
