"""What the known mistakes of lecture 3 share: the student's files, pieces of the reference."""

DATASET, MLP, RATES = "dataset.py", "mlp.py", "learning_rate.py"
