import torch


def normalise_batch(hpreact, bngain, bnbias, eps=1e-5):
  # BatchNorm layer
  # -------------------------------------------------------------
  bnmeani = hpreact.mean(0, keepdim=True)
  bnstdi = (hpreact.std(0, keepdim=True)**2 + eps)**0.5
  hpreact = bngain * (hpreact - bnmeani) / bnstdi + bnbias
  # -------------------------------------------------------------
  return hpreact

def update_running(bnmean_running, bnstd_running, hpreact, momentum=0.001):
  bnmeani = hpreact.mean(0, keepdim=True)
  bnstdi = hpreact.std(0, keepdim=True)
  with torch.no_grad():
    bnmean_running = (1 - momentum) * bnmean_running + momentum * bnmeani
    bnstd_running = (1 - momentum) * bnstd_running + momentum * bnstdi
  return bnmean_running, bnstd_running

# calibrate the batch norm at the end of training
def calibrate(C, W1, splits):
  Xtr, Ytr = splits['train']
  with torch.no_grad():
    # pass the training set through
    emb = C[Xtr]
    embcat = emb.view(emb.shape[0], -1)
    hpreact = embcat @ W1 # + b1
    # measure the mean/std over the entire training set
    bnmean = hpreact.mean(0, keepdim=True)
    bnstd = hpreact.std(0, keepdim=True)
  return bnmean, bnstd

def predict(parameters, X, bnmean, bnstd, eps=1e-5):
  C, W1, W2, b2, bngain, bnbias = parameters
  emb = C[X] # (N, block_size, n_embd)
  embcat = emb.view(emb.shape[0], -1) # concat into (N, block_size * n_embd)
  hpreact = embcat @ W1 # + b1
  hpreact = bngain * (hpreact - bnmean) / (bnstd**2 + eps)**0.5 + bnbias
  h = torch.tanh(hpreact) # (N, n_hidden)
  logits = h @ W2 + b2 # (N, vocab_size)
  return logits

def bn_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  C  = torch.randn((vocab_size, n_embd),            generator=g)
  W1 = torch.randn((n_embd * block_size, n_hidden), generator=g) * (5/3)/((n_embd * block_size)**0.5)
  #b1 = torch.randn(n_hidden,                       generator=g) * 0.01
  W2 = torch.randn((n_hidden, vocab_size),          generator=g) * 0.01
  b2 = torch.randn(vocab_size,                      generator=g) * 0

  # BatchNorm parameters
  bngain = torch.ones((1, n_hidden))
  bnbias = torch.zeros((1, n_hidden))

  parameters = [C, W1, W2, b2, bngain, bnbias]
  for p in parameters:
    p.requires_grad = True
  return parameters

def bias_gradients(hpreact, b1, bngain, bnbias, upstream):
  b1 = b1.clone()
  bnbias = bnbias.clone()
  b1.requires_grad = True
  bnbias.requires_grad = True
  out = normalise_batch(hpreact + b1, bngain, bnbias)
  loss = (out * upstream).sum()
  loss.backward()
  return b1.grad, bnbias.grad
