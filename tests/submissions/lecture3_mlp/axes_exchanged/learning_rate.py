import torch

def candidate_rates(low, high, count):
    step = (high - low) / (count - 1)
    return 10 ** torch.linspace(low + step, high + step, count)
