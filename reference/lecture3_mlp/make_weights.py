"""How weights.safetensors was made: the lecture's net with a longer context, a calm start, and Adam.

Not an exercise, and run by nobody but an author: python reference/lecture3_mlp/make_weights.py   (about a minute)
What it adds to the lecture: five symbols of context for three, weights scaled as in lecture 4, dropout, and a rate that
falls along a cosine. It learns from the train split alone.
"""

import math
import random
from pathlib import Path

import torch
from safetensors.torch import save_file

from dataset import build_dataset, split_words
from mlp import embed, evaluate, init_parameters, loss, minibatch

HERE = Path(__file__).parent
NAMES = HERE.parent.parent / "data" / "names.txt"
VOCABULARY = ".abcdefghijklmnopqrstuvwxyz"
BLOCK_SIZE, N_EMBD, N_HIDDEN = 5, 16, 200
STEPS, BATCH_SIZE, DROPOUT = 12_000, 512, 0.1


def forward_with_dropout(parameters, X, generator):
    """As `forward`, with one hidden unit in ten switched off at random, and the others raised to make up for it."""
    C, W1, b1, W2, b2 = parameters
    h = torch.tanh(embed(C, X).view(X.shape[0], -1) @ W1 + b1)
    kept = torch.rand(h.shape, generator=generator) > DROPOUT
    return (h * kept / (1 - DROPOUT)) @ W2 + b2


def calm_start(generator):
    """N(0, 1) parameters, scaled so that tanh does not saturate and the first loss is log(27)."""
    parameters = init_parameters(len(VOCABULARY), BLOCK_SIZE, N_EMBD, N_HIDDEN, generator)
    scales = (1.0, (5 / 3) / math.sqrt(BLOCK_SIZE * N_EMBD), 0.0, 0.01, 0.0)
    for p, scale in zip(parameters, scales):
        p.data *= scale
    return parameters


def main():
    """Train, say what was reached on the names that were held out, and write the file."""
    torch.set_num_threads(1)
    g = torch.Generator().manual_seed(2147483647)
    stoi = {ch: i for i, ch in enumerate(VOCABULARY)}
    train, dev, _ = split_words(NAMES.read_text().split("\n"), random.Random(42))
    X, Y = build_dataset(train, stoi, BLOCK_SIZE)
    parameters = calm_start(g)
    optimiser = torch.optim.AdamW(parameters, lr=4e-3, weight_decay=0.01)
    for step in range(STEPS):
        optimiser.param_groups[0]["lr"] = 2e-3 * (1 + math.cos(math.pi * step / STEPS))
        Xb, Yb = minibatch(X, Y, BATCH_SIZE, g)
        optimiser.zero_grad()
        loss(forward_with_dropout(parameters, Xb, g), Yb).backward()
        optimiser.step()
    print(f"loss on the names held out: {evaluate(parameters, *build_dataset(dev, stoi, BLOCK_SIZE)):.4f}")
    save_file(dict(zip(("C", "W1", "b1", "W2", "b2"), parameters)), HERE / "weights.safetensors")


if __name__ == "__main__":
    main()
