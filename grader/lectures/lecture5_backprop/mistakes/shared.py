"""What the known mistakes of lecture 5 share: the student's files, and lines of the reference, function by function."""

from grader.judging.mistakes.known import Edit, edit

COMPARE, FORWARD, PIECES, FUSED, TRAINING = "compare.py", "forward.py", "pieces.py", "fused.py", "training.py"

# what our functions return in pieces.py, by their names
LAST = {
    "dprobs": "return dlogprobs / probs",
    "dcounts_sum_inv": "return (counts * dprobs).sum(1, keepdim=True)",
    "dcounts_sum": "return -counts_sum**-2 * dcounts_sum_inv",
    "dcounts": "return direct + through_sum",
    "dnorm_logits": "return counts * dcounts",
    "dlogit_maxes": "return -dnorm_logits.sum(1, keepdim=True)",
    "dlogits": "return dnorm_logits + largest * dlogit_maxes",
    "dh": "return dlogits @ W2.T",
    "dW2": "return h.T @ dlogits",
    "db2": "return dlogits.sum(0)",
    "dhpreact": "return (1.0 - h**2) * dh",
    "dbngain": "return (bnraw * dhpreact).sum(0, keepdim=True)",
    "dbnbias": "return dhpreact.sum(0, keepdim=True)",
    "dbnraw": "return bngain * dhpreact",
    "dbnvar_inv": "return (bndiff * dbnraw).sum(0, keepdim=True)",
    "dbnvar": "return -0.5 * (bnvar + 1e-5) ** -1.5 * dbnvar_inv",
    "dbndiff2": "return 1.0 / (n - 1) * torch.ones_like(bndiff2) * dbnvar",
    "dbndiff": "return direct + through_square",
    "dbnmeani": "return -dbndiff.sum(0, keepdim=True)",
    "dhprebn": "return dbndiff + through_mean",
    "dembcat": "return dhprebn @ W1.T",
    "dW1": "return embcat.T @ dhprebn",
    "db1": "return dhprebn.sum(0)",
    "demb": "return dembcat.view(emb.shape)",
}


def gives(name: str, new: str) -> tuple[Edit, ...]:
    """A variant in which a function returns something else."""
    return edit(PIECES, LAST[name], f"return {new}")


def both(*variants: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The same slip in several functions of one exercise."""
    return tuple(one for variant in variants for one in variant)
