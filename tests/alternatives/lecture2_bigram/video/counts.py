import torch


def build_vocabulary(words):
  chars = sorted(list(set(''.join(words))))
  stoi = {s:i+1 for i,s in enumerate(chars)}
  stoi['.'] = 0
  itos = {i:s for s,i in stoi.items()}
  return stoi, itos

def bigrams(word):
  out = []
  chs = ['.'] + list(word) + ['.']
  for ch1, ch2 in zip(chs, chs[1:]):
    out.append((ch1, ch2))
  return out

def count_bigrams(words, stoi):
  N = torch.zeros((len(stoi), len(stoi)), dtype=torch.int32)
  for w in words:
    chs = ['.'] + list(w) + ['.']
    for ch1, ch2 in zip(chs, chs[1:]):
      ix1 = stoi[ch1]
      ix2 = stoi[ch2]
      N[ix1, ix2] += 1
  return N

def bigram_probabilities(N, smoothing):
  P = (N+smoothing).float()
  P /= P.sum(1, keepdims=True)
  return P

def sample_names(P, itos, count, generator):
  g = generator
  names = []
  for i in range(count):

    out = []
    ix = 0
    while True:
      p = P[ix]
      ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
      out.append(itos[ix])
      if ix == 0:
        break
    #print(''.join(out))
    names.append(''.join(out).rstrip('.'))
  return names

def draw(p, generator):
  u = torch.rand(1, dtype=torch.float64, generator=generator)
  cdf = torch.cumsum(p.double(), 0)
  hits = (cdf >= u).nonzero()
  if len(hits) == 0:
    return len(p) - 1
  return hits[0].item()

def average_nll(P, words, stoi):
  log_likelihood = 0.0
  n = 0

  for w in words:
    chs = ['.'] + list(w) + ['.']
    for ch1, ch2 in zip(chs, chs[1:]):
      ix1 = stoi[ch1]
      ix2 = stoi[ch2]
      prob = P[ix1, ix2]
      logprob = torch.log(prob)
      log_likelihood += logprob
      n += 1
      #print(f'{ch1}{ch2}: {prob:.4f} {logprob:.4f}')

  nll = -log_likelihood
  #print(f'{nll/n}')
  return (nll/n).item()
