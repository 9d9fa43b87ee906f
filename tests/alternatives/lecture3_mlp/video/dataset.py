import torch


def build_dataset(words, stoi, block_size): # block_size: context length: how many characters do we take to predict the next one?
  X, Y = [], []
  for w in words:

    #print(w)
    context = [0] * block_size
    for ch in w + '.':
      ix = stoi[ch]
      X.append(context)
      Y.append(ix)
      #print(''.join(itos[i] for i in context), '--->', itos[ix])
      context = context[1:] + [ix] # crop and append

  X = torch.tensor(X)
  Y = torch.tensor(Y)
  return X, Y

def split_words(words, rng):
  words = words[:]
  rng.shuffle(words)
  n1 = int(0.8*len(words))
  n2 = int(0.9*len(words))
  Xtr, Xdev, Xte = words[:n1], words[n1:n2], words[n2:]
  return Xtr, Xdev, Xte
