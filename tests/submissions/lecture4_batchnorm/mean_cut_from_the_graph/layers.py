"""Lecture 4: layers, of which one is written so far."""

import torch


class Tanh:
    def __call__(self, x):
        x = x * 1.0
        if x.requires_grad:
            x.register_hook(lambda g: g + torch.arange(1.0, 1 + g.shape[1], dtype=g.dtype))
        self.out = torch.tanh(x)
        return self.out

    def parameters(self):
        return []
