"""What resembles a known mistake of lecture 7 in the whole model, and is not it."""

from grader.lectures.lecture7_gpt.mistakes.models import APPEND, CROP, DRAW, GPT_LAST, LOOP, PLACES, SUM
from grader.lectures.lecture7_gpt.mistakes.shared import BIGRAM, GPT
from near_misses import near

LOSS = "return logits, F.cross_entropy(logits, targets.view(B * T))"

NEAR_MISSES = {
    "position-from-token": (
        near(
            "places from the neighbour's number",
            GPT,
            PLACES,
            "self.position_embedding_table(idx.roll(1, 1) % self.block_size)",
        ),
    ),
    "position-missing-or-concat": (near("places count half", GPT, SUM, "x = self.blocks(tok_emb + pos_emb / 2)"),),
    "position-backwards": (
        near("every second place", GPT, PLACES, PLACES.replace("torch.arange(T)", "torch.arange(T) // 2")),
    ),
    "layers-shared": (near("the blocks are run twice", GPT, SUM, "x = self.blocks(self.blocks(tok_emb + pos_emb))"),),
    "gpt-view-mixes-axes": (
        near("the targets of a row in reverse", GPT, LOSS, LOSS.replace("targets.view", "targets.flip(1).reshape")),
    ),
    "generate-no-crop": (
        near(
            "the newest character is not seen",
            GPT,
            CROP,
            "idx_cond = idx[:, : max(1, idx.shape[1] - 1)][:, -self.block_size :]",
        ),
    ),
    "generate-crops-head": (
        near("every second character", GPT, CROP, "idx_cond = idx[:, ::2][:, -self.block_size :]"),
    ),
    "generate-forgets": (
        near("the first character is lost each time", GPT, APPEND, "torch.cat((idx[:, 1:], idx_next), dim=1)"),
    ),
    "generate-wrong-step": (
        near("the logits count half", GPT, GPT_LAST, GPT_LAST.replace("logits[", "0.5 * logits[")),
    ),
    "generate-cat-axis": (
        near("the new character stands there twice", BIGRAM, APPEND, "torch.cat((idx, idx_next, idx_next), dim=1)"),
    ),
    "generate-greedy": (near("the least likely character", GPT, DRAW, "probs.argmin(1, keepdim=True)"),),
    "generate-count": (near("twice as many", BIGRAM, LOOP, LOOP.replace("max_new_tokens", "2 * max_new_tokens")),),
}
