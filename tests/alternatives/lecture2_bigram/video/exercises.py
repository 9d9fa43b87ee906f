import torch
import torch.nn.functional as F
from counts import *


# E01
def trigram_dataset(words, stoi):
  xs, ys = [], []
  n = len(stoi)
  for w in words:
    chs = ['.'] * 2 + list(w) + ['.']
    for ch1, ch2, ch3 in zip(chs, chs[1:], chs[2:]):
      xs.append((stoi[ch1], stoi[ch2]))
      ys.append(stoi[ch3])
  xs = torch.tensor(xs)
  return xs[:, 0]*n + xs[:, 1], torch.tensor(ys)

def count_trigrams(words, stoi):
  n = len(stoi)
  N = torch.zeros((n, n, n), dtype=torch.int32)
  for w in words:
    chs = ['.'] * 2 + list(w) + ['.']
    for ch1, ch2, ch3 in zip(chs, chs[1:], chs[2:]):
      N[stoi[ch1], stoi[ch2], stoi[ch3]] += 1
  return N.view(n*n, n)

def trigram_nll(P, words, stoi):
  P = P.view(len(stoi), len(stoi), len(stoi))
  log_likelihood = 0.0
  n = 0
  for w in words:
    chs = ['.'] * 2 + list(w) + ['.']
    for ch1, ch2, ch3 in zip(chs, chs[1:], chs[2:]):
      log_likelihood += torch.log(P[stoi[ch1], stoi[ch2], stoi[ch3]])
      n += 1
  return (-log_likelihood/n).item()

# E02
def split(words, rng):
  words = words.copy()
  rng.shuffle(words)
  n1 = int(0.8*len(words))
  n2 = int(0.9*len(words))
  train_words, dev_words, test_words = words[:n1], words[n1:n2], words[n2:]
  return train_words, dev_words, test_words

# E03
def tune_smoothing(train, dev, strengths):
  stoi, itos = build_vocabulary(train + dev)
  N = count_trigrams(train, stoi)
  best, best_loss = None, float('inf')
  train_losses, dev_losses = [], []
  for s in strengths:
    P = bigram_probabilities(N, s)
    train_losses.append(trigram_nll(P, train, stoi))
    dev_losses.append(trigram_nll(P, dev, stoi))
    if dev_losses[-1] < best_loss:
      best, best_loss = s, dev_losses[-1]
  return best, train_losses, dev_losses

# E04
def logits_by_indexing(xs, W):
  return W[xs]

# E05
def loss_by_cross_entropy(xs, ys, W, l2):
  logits = W[xs]
  loss = F.cross_entropy(logits, ys) + l2*(W**2).mean()
  return loss
