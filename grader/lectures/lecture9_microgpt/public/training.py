"""Lecture 9, public checks of training.py: Adam, training, names."""

from grader.inside.probes import lecture9_microgpt as probes
from grader.judging.suite import exercise
from grader.lectures.lecture9_microgpt.public.shared import DOCS, LETTERS, SMALL

MODEL = {"letters": LETTERS, "sizes": SMALL, "n_head": 1}


@exercise("adam-step", points=2)
def test_first_step_of_adam(agree):
    """The first step is as long as the learning rate if the gradient is not tiny, and clears the gradients."""
    agree(probes.adam_steps, data=[1.0, -2.0], gradients=[[-40.0, 1e-7]], lr=0.01, options={}, first=0)
    agree(probes.adam_steps, data=[0.5], gradients=[[0.0]], lr=0.1, options={}, first=0)


@exercise("adam-step", points=2)
def test_steps_of_adam(agree):
    """Both running means, and their corrections, are right from step to step, for other settings as well."""
    three = [[0.5, -3.0, 2e-7], [0.25, 1.0, -1e-7], [-2.0, 0.5, 3e-8]]
    agree(probes.adam_steps, data=[1.0, -2.0, 0.5], gradients=three, lr=0.01, options={}, first=0)
    other = {"beta1": 0.9, "beta2": 0.95, "eps": 0.01}
    agree(probes.adam_steps, data=[1.0, -2.0, 0.5], gradients=three, lr=0.1, options=other, first=4)


@exercise("train-gpt", points=2)
def test_first_steps_of_training(agree):
    """One document is read per step, round and round; the learning rate falls in a straight line."""
    agree(probes.training_losses, docs=DOCS, **MODEL, steps=1, lr=0.01, seed=14)
    agree(probes.training_losses, docs=DOCS, **MODEL, steps=4, lr=0.05, seed=15)


@exercise("sample-gpt", points=2)
def test_name_from_given_draws(agree):
    """Each draw is made at the given temperature, and is read next."""
    agree(probes.scripted_name, **MODEL, temperature=0.5, seed=16, script=[0, 2, 4])
    agree(probes.scripted_name, **MODEL, temperature=2.0, seed=17, script=[1, 1, 3, 0])
    agree(probes.scripted_name, **MODEL, temperature=1.0, seed=17, script=[4])


@exercise("sample-gpt", points=1)
def test_names_from_a_generator(agree):
    """Names come from the generator that is handed in, with one choice for each token."""
    agree(probes.drawn_names, **MODEL, temperature=0.5, seed=18, count=8, draws=42)
