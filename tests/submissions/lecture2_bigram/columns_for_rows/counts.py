import torch

def bigram_probabilities(N, smoothing):
    return torch.softmax(N.float() + smoothing, 0)

def draw(p, generator):
    while True:
        u = torch.rand(1, generator=generator, dtype=torch.float64).item()
        total = 0.0
        for ix, share in enumerate(p.tolist()):
            total += share
            if total >= u:
                return ix
