"""Lecture 9, hidden checks of gpt.py: other models, other documents."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise


def another_model(draw, n_embd=2, n_layer=1):
    """Sizes and numbers of a small model of six tokens, of which the last is BOS."""
    return {"sizes": [6, 4, n_embd, n_layer], "n_head": 2, "seed": draw.randrange(10**6)}


@exercise("gpt-parameters", points=1)
def test_other_models(agree, draw):
    """Models of other sizes are drawn and listed as stated."""
    sizes = [6, 3, 2, 3]
    agree(probes.fresh_model, sizes=sizes, seed=draw.randrange(10**6))
    agree(probes.listed_parameters, sizes=sizes, seed=draw.randrange(10**6))


@exercise("gpt-step", points=2)
def test_logits_of_other_models(agree, draw):
    """The logits of other models are right."""
    for n_embd, n_layer in ((4, 1), (2, 2)):
        tokens = [5, *(draw.randrange(5) for _ in range(2))]
        agree(probes.logits, **another_model(draw, n_embd, n_layer), tokens=tokens, upstream=draw.numbers(6, -2, 2))


@exercise("doc-loss", points=2)
def test_losses_of_other_documents(agree, draw):
    """The losses of other documents are right, short and long, and depend on nothing that comes later."""
    for count in (1, 3, 5):
        tokens = [5, *(draw.randrange(5) for _ in range(count)), 5]
        agree(probes.losses, **another_model(draw), tokens=tokens)
    agree(probes.reach, **another_model(draw), tokens=[5, 1, *(draw.randrange(5) for _ in range(2)), 5], at=1)
