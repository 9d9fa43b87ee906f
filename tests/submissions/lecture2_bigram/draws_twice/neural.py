import torch
import torch.nn.functional as F

def bigram_dataset(words, stoi):
    pairs = [pair for word in words for pair in zip("." + word, word + ".")]
    return torch.tensor([stoi[a] for a, _ in pairs]), torch.tensor([stoi[b] for _, b in pairs])

def one_hot(xs, classes):
    return F.one_hot(xs, num_classes=classes).float()

def probabilities(xs, W):
    return torch.softmax(one_hot(xs.sort(descending=True).values, W.shape[0]).to(W.dtype) @ W, 1)
