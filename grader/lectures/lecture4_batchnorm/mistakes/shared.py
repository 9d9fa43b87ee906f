"""What the known mistakes of lecture 4 share: the student's files, an edit alone, pieces of the reference."""

START, BATCHNORM, LAYERS = "initialisation.py", "batchnorm.py", "layers.py"
DIAGNOSTICS, EXERCISES = "diagnostics.py", "exercises.py"


W2 = "W2 = torch.randn((n_hidden, vocab_size), generator=generator) * 0.01"
B1 = "b1 = torch.randn(n_hidden, generator=generator) * 0.01"

EVALUATED = "hpreact = bngain * (hpreact - bnmean) / torch.sqrt(bnstd**2 + eps) + bnbias"
BATCH_STD = "bnstdi = hpreact.std(0, keepdim=True)"

NEW_VAR = "(1 - self.momentum) * self.running_var + self.momentum * xvar"
MODES = """        if self.training:
            xmean = x.mean(0, keepdim=True)        # (1, dim)
            xvar = x.var(0, keepdim=True)          # (1, dim)
        else:
            xmean = self.running_mean
            xvar = self.running_var
"""
