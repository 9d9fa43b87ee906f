"""What the known mistakes of lecture 7 share: the student's files, and pieces of the reference."""

DATA, BIGRAM, AVERAGING = "data.py", "bigram.py", "averaging.py"
ATTENTION, GPT, EXERCISES = "attention.py", "gpt.py", "exercises.py"

MASK = 'wei = wei.masked_fill(self.tril[:T, :T] == 0, float("-inf"))'
SOFTMAX = "wei = F.softmax(wei, dim=-1)"
DROPPED = "wei = self.dropout(wei)"
SCORES = "wei = q @ k.transpose(-2, -1) * k.shape[-1] ** -0.5"
VALUE = "v = self.value(x)                                           # (B, T, hs)"
FUSED_SOFTMAX = "wei = self.attn_dropout(F.softmax(wei, dim=-1))"
BEFORE = "        wei = F.softmax(wei, dim=-1)\n        wei = self.dropout(wei)\n"
