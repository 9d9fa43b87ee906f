import torch
import torch.nn.functional as F


def bigram_dataset(words, stoi):
  # create the training set of bigrams (x,y)
  xs, ys = [], []
  for w in words:
    chs = ['.'] + list(w) + ['.']
    for ch1, ch2 in zip(chs, chs[1:]):
      ix1 = stoi[ch1]
      ix2 = stoi[ch2]
      xs.append(ix1)
      ys.append(ix2)
  xs = torch.tensor(xs)
  ys = torch.tensor(ys)
  return xs, ys

def one_hot(xs, classes):
  xenc = F.one_hot(xs, num_classes=classes).float()
  return xenc

def probabilities(xs, W):
  xenc = F.one_hot(xs, num_classes=W.shape[0]).type(W.dtype) # input to the network: one-hot encoding
  logits = xenc @ W # predict log-counts
  m, _ = logits.max(dim=1, keepdim=True)
  counts = (logits - m).exp() # counts, equivalent to N
  probs = counts / counts.sum(1, keepdims=True) # probabilities for next character
  return probs

def nll_loss(xs, ys, W, l2):
  num = xs.nelement()
  probs = probabilities(xs, W)
  loss = -probs[torch.arange(num), ys].log().mean() + l2*(W**2).mean()
  return loss

def train(xs, ys, W, steps, lr, l2):
  lossi = []
  # gradient descent
  for k in range(steps):

    # forward pass
    loss = nll_loss(xs, ys, W, l2)
    lossi.append(loss.item())

    # backward pass
    W.grad = None # set to zero the gradient
    loss.backward()

    # update
    W.data += -lr * W.grad
  return lossi

def sample_names(W, itos, count, generator):
  g = generator
  names = []
  for i in range(count):

    out = []
    ix = 0
    while True:
      xenc = F.one_hot(torch.tensor([ix]), num_classes=W.shape[0]).to(W.dtype)
      logits = xenc @ W # predict log-counts
      counts = logits.exp() # counts, equivalent to N
      p = counts / counts.sum(1, keepdims=True) # probabilities for next character

      ix = torch.multinomial(p, num_samples=1, replacement=True, generator=g).item()
      if ix == 0:
        break
      out.append(itos[ix])
    names.append(''.join(out))
  return names
