"""The known mistake of letting torch differentiate, in every function whose gradient is asked for."""

from grader.judging.mistakes.known import Edit, Misconception
from grader.lectures.lecture5_backprop.mistakes.letters import ADDED
from grader.lectures.lecture5_backprop.mistakes.loss import SEED
from grader.lectures.lecture5_backprop.mistakes.shared import FUSED, LAST, PIECES, TRAINING, both

# of each function: the tensor whose gradient is asked for, the line of the forward pass, and what arrives there
LINES = {
    "dprobs": ("probs", "probs.log()", "dlogprobs"),
    "dcounts_sum_inv": ("torch.ones_like(counts[:, :1])", "counts * leaf", "dprobs"),
    "dcounts_sum": ("counts_sum", "leaf**-1", "dcounts_sum_inv"),
    "dnorm_logits": ("counts.log()", "leaf.exp()", "dcounts"),
    "dlogit_maxes": ("torch.ones_like(dnorm_logits[:, :1])", "-leaf", "dnorm_logits"),
    "dh": ("h", "leaf @ W2", "dlogits"),
    "dW2": ("W2", "h @ leaf", "dlogits"),
    "db2": ("torch.zeros_like(dlogits[0])", "h @ W2 + leaf", "dlogits"),
    "dhpreact": ("hpreact", "leaf.tanh()", "dh"),
    "dbngain": ("bngain", "leaf * bnraw", "dhpreact"),
    "dbnbias": ("torch.zeros_like(bngain)", "bngain * bnraw + leaf", "dhpreact"),
    "dbnraw": ("bnraw", "bngain * leaf", "dhpreact"),
    "dbnvar_inv": ("torch.ones_like(bndiff[:1])", "bndiff * leaf", "dbnraw"),
    "dbnvar": ("bnvar", "(leaf + 1e-5) ** -0.5", "dbnvar_inv"),
    "dbndiff2": ("bndiff2", "1 / (n - 1) * leaf.sum(0, keepdim=True)", "dbnvar"),
    "dbnmeani": ("torch.zeros_like(dbndiff[:1])", "-leaf", "dbndiff"),
    "dembcat": ("embcat", "leaf @ W1", "dhprebn"),
    "dW1": ("W1", "embcat @ leaf", "dhprebn"),
    "db1": ("torch.zeros_like(dhprebn[0])", "embcat @ W1 + leaf", "dhprebn"),
    "demb": ("emb", "leaf.view(emb.shape[0], -1)", "dembcat"),
}
TWICE = {
    "dcounts": ("counts", "leaf * counts_sum_inv", "dprobs", "leaf.sum(1, keepdim=True)", "dcounts_sum"),
    "dlogits": ("logits", "leaf", "dnorm_logits", "leaf.max(1, keepdim=True).values", "dlogit_maxes"),
    "dbndiff": ("bndiff", "leaf * bnvar_inv", "dbnraw", "leaf**2", "dbndiff2"),
    "dhprebn": ("hprebn", "leaf", "dbndiff", "1 / n * leaf.sum(0, keepdim=True)", "dbnmeani"),
}
SHARED = (
    ("dcounts_sum_inv", "dcounts_sum"),
    ("dlogit_maxes", "dlogits"),
    ("dh", "dW2", "db2"),
    ("dbngain", "dbnbias", "dbnraw"),
    ("dbnvar_inv", "dbnvar", "dbndiff2"),
    ("dbndiff", "dbnmeani", "dhprebn"),
    ("dembcat", "dW1", "db1"),
    ("demb", "dC"),
)  # functions of one exercise


def differentiated(leaf: str, forward: str) -> str:
    """Lines that let torch differentiate this, with what arrives already in it."""
    return f"leaf = ({leaf}).detach().requires_grad_()\n    ({forward}).sum().backward()\n"


def _once(name: str) -> tuple[Edit, ...]:
    leaf, forward, arriving = LINES[name]
    forward = forward.replace("probs.log", "leaf.log")
    return (Edit(PIECES, LAST[name], differentiated(leaf, f"({forward}) * {arriving}") + "    return leaf.grad"),)


def _twice(name: str) -> tuple[Edit, ...]:
    leaf, one, first, other, second = TWICE[name]
    forward = f"(({one}) * {first}).sum() + (({other}) * {second}).sum()"
    return (Edit(PIECES, LAST[name], differentiated(leaf, forward) + "    return leaf.grad"),)


MEAN = "-leaf[range(n), Yb].mean()"
PEEKS = {
    "dlogprobs": (Edit(PIECES, SEED, differentiated("logprobs", MEAN) + "    dlogprobs = leaf.grad"),),
    **{name: _once(name) for name in LINES},
    **{name: _twice(name) for name in TWICE},
    "dC": (Edit(PIECES, ADDED, differentiated("C", "leaf[Xb] * demb") + "    dC = leaf.grad"),),
}
LOSS = "torch.nn.functional.cross_entropy(leaf, Yb)"
CROSS_ENTROPY = Edit(FUSED, "return dlogits\n", f"{differentiated('logits', LOSS)}    return leaf.grad\n")
BATCHNORM = Edit(
    FUSED,
    "    through_mean =",
    "    leaf = (bnraw / bnvar_inv).detach().requires_grad_()\n"
    "    spread = (leaf.var(0, keepdim=True) - (bnraw / bnvar_inv).var(0, keepdim=True) + bnvar_inv**-2) ** 0.5\n"
    "    (bngain * (leaf - leaf.mean(0)) / spread * dhpreact).sum().backward()\n"
    "    return leaf.grad\n"
    "    through_mean =",
)
WHOLE = Edit(
    TRAINING,
    "    v = forward_pieces(parameters, Xb, Yb)\n",
    "    leaves = [p.detach().clone().requires_grad_() for p in parameters]\n"
    '    loss = forward_pieces(leaves, Xb, Yb)["loss"]\n'
    "    loss.backward()\n"
    "    return loss.item(), [p.grad for p in leaves]\n"
    "    v = forward_pieces(parameters, Xb, Yb)\n",
)

MISCONCEPTIONS = (
    Misconception(
        "peeks-at-autograd",
        "The gradient is right, and torch has worked it out.",
        "Would it still work if the library could not differentiate?",
        (
            *PEEKS.values(),
            *(both(*(PEEKS[name] for name in names)) for names in SHARED),
            (CROSS_ENTROPY,),
            (BATCHNORM,),
            (WHOLE,),
        ),
    ),
)
