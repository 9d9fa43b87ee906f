"""Lecture 9, hidden checks of training.py: other gradients, other documents, other draws."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.hidden.gpt import another_model

LETTERS = "abcde"


@exercise("adam-step", points=2)
def test_other_steps_of_adam(agree, draw):
    """Adam is right for other gradients, settings and learning rates."""
    gradients = [[*draw.numbers(2, -3, 3), 1e-7 * draw.number(-3, 3)] for _ in range(4)]
    given = {"data": draw.numbers(3, -2, 2), "gradients": gradients, "lr": draw.number(0.01, 0.1)}
    agree(probes.adam_steps, **given, options={}, first=0)
    agree(probes.adam_steps, **given, options={"beta1": 0.7, "beta2": 0.9, "eps": 0.05}, first=2)


@exercise("train-gpt", points=2)
def test_another_training(agree, draw):
    """Another model trains as stated on other documents."""
    docs = draw.words(2, letters=LETTERS, longest=4)
    agree(probes.training_losses, docs=docs, letters=LETTERS, **another_model(draw), steps=3, lr=draw.number(0.02, 0.1))


@exercise("sample-gpt", points=2)
def test_other_names(agree, draw):
    """Names are right for other models, temperatures and draws."""
    model = {"letters": LETTERS, **another_model(draw)}
    script = [*(draw.randrange(5) for _ in range(3)), 5]
    agree(probes.scripted_name, **model, temperature=draw.number(0.3, 3), script=script)
    agree(probes.drawn_names, **model, temperature=draw.number(0.3, 3), count=6, draws=draw.randrange(10**6))
