"""Known mistakes of lecture 7 in the whole model: places, and how a text is continued."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import BIGRAM, GPT

PLACES = "self.position_embedding_table(torch.arange(T))"
SUM = "x = self.blocks(tok_emb + pos_emb)"
CROP = "idx_cond = idx[:, -self.block_size :]"
LAST = "logits = logits[:, -1, :]                       # (B, C), the last position alone"
GPT_LAST = "F.softmax(logits[:, -1, :], dim=-1)"
PROBS = "probs = F.softmax(logits, dim=-1)"
APPEND = "torch.cat((idx, idx_next), dim=1)"
DRAW = "torch.multinomial(probs, num_samples=1, generator=generator)"
LOOP = "        for _ in range(max_new_tokens):\n"

MISCONCEPTIONS = (
    Misconception(
        "position-from-token",
        "Places are looked up with the characters' numbers, so that the order of a text makes no difference.",
        "Let two characters change places. Should the model notice, and does it?",
        (
            edit(GPT, PLACES, "self.position_embedding_table(idx % self.block_size)"),
            edit(GPT, PLACES, "self.position_embedding_table(idx)"),
        ),
    ),
    Misconception(
        "position-missing-or-concat",
        "The places are not added to the characters, or they are all the same.",
        "The width is the same before and after. What becomes of x if the table of places changes?",
        (
            edit(GPT, SUM, "x = self.blocks(tok_emb)"),
            edit(GPT, SUM, "x = self.blocks(tok_emb * pos_emb)"),
            edit(GPT, SUM, "x = self.blocks(torch.cat([tok_emb, pos_emb.expand(B, T, -1)], dim=-1))"),
            edit(GPT, PLACES, "self.position_embedding_table(torch.zeros(T, dtype=torch.int64))"),
        ),
    ),
    Misconception(
        "position-backwards",
        "Places are counted from the end of the text, and not from its first character.",
        "Which row of the table belongs to the first character, whatever the length of the text?",
        (
            edit(GPT, PLACES, PLACES.replace("torch.arange(T)", "torch.arange(T).flip(0)")),
            edit(GPT, PLACES, PLACES.replace("torch.arange(T)", "torch.arange(self.block_size - T, self.block_size)")),
        ),
    ),
    Misconception(
        "layers-shared",
        "All blocks are one and the same object, or there are more or fewer of them than n_layer.",
        "Count the parameters with 1 block and with 2. How much does each block add?",
        (
            edit(
                GPT,
                "*[Block(n_embd, n_head, block_size, dropout) for _ in range(n_layer)]",
                "*[Block(n_embd, n_head, block_size, dropout)] * n_layer",
            ),
            edit(GPT, "for _ in range(n_layer)", "for _ in range(n_head)"),
        ),
    ),
    Misconception(
        "gpt-view-mixes-axes",
        "Classes and positions are mixed up on the way to the whole model's loss.",
        "Does row 0 of your two-dimensional logits still belong to position 0 of the first text?",
        (
            edit(
                GPT, "F.cross_entropy(logits, targets.view(B * T))", "F.cross_entropy(logits.view(B, -1, T), targets)"
            ),
            edit(GPT, "logits = logits.view(B * T, -1)", "logits = logits.transpose(0, 1).reshape(B * T, -1)"),
        ),
    ),
    Misconception(
        "generate-no-crop",
        "The model is called with the whole text, also when that is longer than it knows places.",
        "What happens at character block_size + 1?",
        (edit(GPT, CROP, "idx_cond = idx"),),
    ),
    Misconception(
        "generate-crops-head",
        "The model is called with the beginning of the text, where it should see the end, or the end is cut elsewhere.",
        "Which part of a long conversation should it remember?",
        (
            edit(GPT, CROP, "idx_cond = idx[:, : self.block_size]"),
            edit(GPT, CROP, "idx_cond = idx[:, -self.block_size + 1 :]"),
            edit(GPT, CROP, "idx_cond = idx[:, -1:]"),
        ),
    ),
    Misconception(
        "generate-forgets",
        "What the model can no longer see is lost from the text as well.",
        "Print the shape of the text after each character. May it ever stop growing?",
        (edit(GPT, "torch.cat((idx, idx_next), dim=1)", "torch.cat((idx_cond, idx_next), dim=1)"),),
    ),
    Misconception(
        "generate-wrong-step",
        "A draw is not made from the softmax of the last position's logits.",
        "Which position predicts the next character, and which numbers of one row add up to 1?",
        (
            edit(BIGRAM, LAST, "logits = logits[:, 0, :]"),
            edit(GPT, GPT_LAST, GPT_LAST.replace("-1, :", "0, :")),
            edit(BIGRAM, PROBS, "probs = F.softmax(logits, dim=0)"),
            edit(GPT, GPT_LAST, GPT_LAST.replace("dim=-1", "dim=0")),
            edit(BIGRAM, PROBS, "probs = F.softmax(F.softmax(logits, dim=-1), dim=-1)"),
            edit(GPT, GPT_LAST, f"F.softmax({GPT_LAST}, dim=-1)"),
            (Edit(BIGRAM, PROBS, "probs = logits"), Edit(BIGRAM, LAST, "logits = F.softmax(logits, dim=1)[:, -1, :]")),
            edit(GPT, GPT_LAST, "F.softmax(logits, dim=1)[:, -1, :]"),
        ),
    ),
    Misconception(
        "generate-cat-axis",
        "New characters stand below the batch or in front, or the text that was there is gone.",
        "Time runs along which axis? How long is the result?",
        (
            edit(BIGRAM, APPEND, APPEND.replace("dim=1", "dim=0")),
            edit(GPT, APPEND, APPEND.replace("dim=1", "dim=0")),
            edit(BIGRAM, "        return idx\n", "        return idx[:, -max_new_tokens:]\n"),
            edit(GPT, "        return idx\n", "        return idx[:, -max_new_tokens:]\n"),
            edit(BIGRAM, APPEND, "torch.cat((idx_next, idx), dim=1)"),
            edit(GPT, APPEND, "torch.cat((idx_next, idx), dim=1)"),
        ),
    ),
    Misconception(
        "generate-greedy",
        "The likeliest character is taken each time, and nothing is drawn.",
        "Continue the same text twice with two seeds. Should both be equal?",
        (
            edit(BIGRAM, f"idx_next = {DRAW}", "idx_next = probs.argmax(1, keepdim=True)"),
            edit(GPT, DRAW, "probs.argmax(1, keepdim=True)"),
        ),
    ),
    Misconception(
        "generate-count",
        "One character too few or too many is added, or the limit is the length of the whole text.",
        "Ask for 1 new character. How long is the result?",
        (
            edit(BIGRAM, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens - idx.shape[1]")),
            edit(GPT, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens - idx.shape[1]")),
            edit(BIGRAM, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens - 1")),
            edit(GPT, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens - 1")),
            edit(BIGRAM, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens + 1")),
            edit(GPT, LOOP, LOOP.replace("max_new_tokens", "max_new_tokens + 1")),
        ),
    ),
)
