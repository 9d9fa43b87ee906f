import torch

from mlp import forward, loss, minibatch, sgd_step


def candidate_rates(low, high, count):
    raise NotImplementedError("candidate-rates")  # TODO: your code goes here


def sweep(parameters, X, Y, low, high, count, batch_size, generator):
    raise NotImplementedError("rate-sweep")  # TODO: your code goes here


def pick(rates, losses, block=50):
    raise NotImplementedError("pick-rate")  # TODO: your code goes here
