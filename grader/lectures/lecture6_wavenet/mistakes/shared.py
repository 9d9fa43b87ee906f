"""What the known mistakes of lecture 6 share: the student's files, and pieces of the reference."""

LAYERS, MODEL, EXERCISES = "layers.py", "model.py", "exercises.py"

AXES = "dim = 0 if x.ndim == 2 else (0, 1)     # all but the last"
XMEAN, XVAR = "xmean = x.mean(dim, keepdim=True)", "xvar = x.var(dim, keepdim=True)"
MODES = """        if self.training:
            dim = 0 if x.ndim == 2 else (0, 1)     # all but the last
            xmean = x.mean(dim, keepdim=True)
            xvar = x.var(dim, keepdim=True)
        else:
            xmean = self.running_mean
            xvar = self.running_var
"""
XHAT = "xhat = (x - xmean) / torch.sqrt(xvar + self.eps)"
OUT = "self.out = self.gamma * xhat + self.beta"
BUFFERS = """        if self.training:
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * xmean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * xvar
"""
GROUPED = "x = x.view(B, T // self.n, C * self.n)"
SQUEEZED = """        if x.shape[1] == 1:
            x = x.squeeze(1)                       # this axis alone: B may be 1 as well
"""
CALM = """    with torch.no_grad():
        model.layers[-1].weight *= 0.1         # less confident about the first logits
"""
LEAVES = "    for p in model.parameters():\n        p.requires_grad = True\n"
CLEAR = "        for p in model.parameters():\n            p.grad = None\n"
UPDATE = "        for p in model.parameters():\n            p.data += -schedule(step) * p.grad\n"
