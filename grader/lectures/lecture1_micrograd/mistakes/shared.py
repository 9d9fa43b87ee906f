"""What the known mistakes of lecture 1 share: the student's files, rules of the reference."""

ENGINE, NN, TRAINING, DERIVATIVES = "engine.py", "nn.py", "training.py", "derivatives.py"

SUM_RULE = "            self.grad += out.grad\n            other.grad += out.grad\n"
PRODUCT_RULE = "            self.grad += other.data * out.grad\n            other.grad += self.data * out.grad\n"
