import torch
import torch.nn.functional as F


def init_parameters(vocab_size, block_size, n_embd, n_hidden, generator):
  g = generator
  C = torch.randn((vocab_size, n_embd), generator=g)
  W1 = torch.randn((n_embd * block_size, n_hidden), generator=g)
  b1 = torch.randn(n_hidden, generator=g)
  W2 = torch.randn((n_hidden, vocab_size), generator=g)
  b2 = torch.randn(vocab_size, generator=g)
  parameters = [C, W1, b1, W2, b2]
  sum(p.nelement() for p in parameters) # number of parameters in total
  for p in parameters:
    p.requires_grad = True
  return parameters

def embed(C, X):
  emb = C[X]
  return emb

def forward(parameters, X):
  C, W1, b1, W2, b2 = parameters
  emb = C[X] # (32, 3, 2)
  h = torch.tanh(emb.view(-1, W1.shape[0]) @ W1 + b1) # (32, 100)
  logits = h @ W2 + b2 # (32, 27)
  return logits

def loss(logits, Y):
  # counts = logits.exp()
  # prob = counts / counts.sum(1, keepdims=True)
  # loss = -prob[torch.arange(32), Y].log().mean()
  loss = F.cross_entropy(logits, Y)
  return loss

def minibatch(X, Y, batch_size, generator):
  # minibatch construct
  ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)
  return X[ix], Y[ix]

def sgd_step(parameters, lr):
  for p in parameters:
    p.data += -lr * p.grad

def train(parameters, X, Y, steps, batch_size, schedule, generator):
  C, W1, b1, W2, b2 = parameters
  lossi = []
  stepi = []
  for i in range(steps):

    # minibatch construct
    ix = torch.randint(0, X.shape[0], (batch_size,), generator=generator)

    # forward pass
    emb = C[X[ix]]
    h = torch.tanh(emb.view(-1, W1.shape[0]) @ W1 + b1)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Y[ix])

    # backward pass
    for p in parameters:
      p.grad = None
    loss.backward()

    # update
    lr = schedule(i)
    for p in parameters:
      p.data += -lr * p.grad

    # track stats
    stepi.append(i)
    lossi.append(loss.item())
  return lossi

@torch.no_grad()
def evaluate(parameters, X, Y):
  C, W1, b1, W2, b2 = parameters
  emb = C[X]
  h = torch.tanh(emb.view(-1, W1.shape[0]) @ W1 + b1)
  logits = h @ W2 + b2
  loss = F.cross_entropy(logits, Y)
  return loss.item()

def sample_names(parameters, itos, block_size, count, generator):
  g = generator
  C, W1, b1, W2, b2 = parameters
  names = []
  for _ in range(count):

    out = []
    context = [0] * block_size # initialize with all ...
    while True:
      emb = C[torch.tensor([context])] # (1,block_size,d)
      h = torch.tanh(emb.view(1, -1) @ W1 + b1)
      logits = h @ W2 + b2
      probs = F.softmax(logits, dim=1)
      ix = torch.multinomial(probs, num_samples=1, generator=g).item()
      context = context[1:] + [ix]
      out.append(ix)
      if ix == 0:
        break

    names.append(''.join(itos[i] for i in out[:-1]))
  return names
