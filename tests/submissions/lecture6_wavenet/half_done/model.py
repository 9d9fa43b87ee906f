import torch
import torch.nn.functional as F
from layers import BatchNorm1d, Embedding, Flatten, FlattenConsecutive, Linear, Sequential, Tanh

def prepare(model):
    raise NotImplementedError('prepare-model')

def build_flat(vocab_size, block_size, n_embd, n_hidden, generator):
    raise NotImplementedError('build-flat')

def build_model(vocab_size, block_size, n_embd, n_hidden, generator):
    raise NotImplementedError('build-wavenet')

def eval_mode(model):
    raise NotImplementedError('eval-mode')

def train_mode(model):
    raise NotImplementedError('eval-mode')

def split_loss(model, X, Y):
    raise NotImplementedError('split-loss')

def train(model, X, Y, steps, batch_size, schedule, generator):
    raise NotImplementedError('train-wavenet')

def smooth_losses(losses, block):
    raise NotImplementedError('smooth-losses')

def sample_names(model, itos, block_size, count, generator):
    raise NotImplementedError('sample-wavenet')
