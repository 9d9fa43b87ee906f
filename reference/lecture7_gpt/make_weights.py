"""How weights.safetensors was made: a small GPT that learns from two texts at once, half of each batch from either.

Not an exercise, and run by nobody but an author, after `grader data` has fetched the lecture's text:
python reference/lecture7_gpt/make_weights.py LECTURES_TEXT     (a few minutes)
What it adds to the lecture: a rate that rises and then falls along a cosine. It learns from the first nine tenths of
each text alone, and says what it reaches on the rest.
"""

import math
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file

from bigram import estimate_loss
from data import encode, get_batch
from gpt import GPTLanguageModel

HERE = Path(__file__).parent
OURS = HERE.parent.parent / "data" / "text.txt"
CHARACTERS = "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
N_EMBD, N_HEAD, N_LAYER, BLOCK_SIZE, DROPOUT = 48, 4, 2, 48, 0.05
STEPS, BATCH_SIZE, RATE = 4_000, 40, 4e-3


def halves(file):
    """The first nine tenths of a text and the last tenth, as numbers."""
    stoi = {ch: i for i, ch in enumerate(CHARACTERS)}
    data = torch.tensor(encode(Path(file).read_text(encoding="ascii"), stoi))
    n = int(0.9 * len(data))
    return data[:n], data[n:]


def main():
    """Train, say what was reached on the text that was held out, and write the file."""
    torch.set_num_threads(1)
    torch.manual_seed(1337)
    texts = [halves(OURS), halves(sys.argv[1])]
    model = GPTLanguageModel(len(CHARACTERS), N_EMBD, N_HEAD, N_LAYER, BLOCK_SIZE, DROPOUT)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=0.05)
    for step in range(STEPS):
        optimizer.param_groups[0]["lr"] = RATE * min(1, step / 100) * (1 + math.cos(math.pi * step / STEPS)) / 2
        pieces = [get_batch(train, BLOCK_SIZE, BATCH_SIZE // 2) for train, _ in texts]
        x, y = (torch.cat(parts) for parts in zip(*pieces))
        _, loss = model(x, y)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
        if step % 1000 == 999:
            held_out = {name: kept for name, (_, kept) in zip(("ours", "lecture's"), texts)}
            print(step + 1, estimate_loss(model, held_out, BLOCK_SIZE, 50, 10), flush=True)
    weights = {name: p.detach().contiguous() for name, p in model.named_parameters()}
    save_file(weights, HERE / "weights.safetensors")


if __name__ == "__main__":
    main()
