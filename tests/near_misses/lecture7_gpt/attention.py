"""What resembles a known mistake of lecture 7 in its masks and heads, and is not it."""

from grader.lectures.lecture7_gpt.mistakes.heads import HEADS, JOINED, MERGED, SCALE
from grader.lectures.lecture7_gpt.mistakes.masks import TRIL
from grader.lectures.lecture7_gpt.mistakes.shared import ATTENTION, EXERCISES, MASK, SCORES, SOFTMAX, VALUE
from near_misses import near

INF = 'float("-inf")'

NEAR_MISSES = {
    "mask-missing": (
        near(
            "the next position is heard too",
            ATTENTION,
            MASK,
            MASK.replace("== 0", "+ self.tril[:T, :T].T.triu(1).tril(1) == 0"),
        ),
    ),
    "mask-upper": (near("only the position itself is heard", ATTENTION, TRIL, f"{TRIL}.triu()"),),
    "mask-excludes-self": (
        near("the first position is never heard by others", ATTENTION, MASK, f"{MASK}\n        wei[:, 1:, 0] = {INF}"),
    ),
    "mask-zero-fill": (near("hidden scores are -1", ATTENTION, MASK, MASK.replace(INF, "-1.0")),),
    "mask-after-softmax": (near("weights are all a little smaller", ATTENTION, SOFTMAX, f"{SOFTMAX} * 0.9"),),
    "mask-not-cropped": (near("the mask of the last positions, shifted", ATTENTION, TRIL, "self.tril[-T:, :T]"),),
    "mask-type-or-batch": (near("the mask is subtracted", ATTENTION, MASK, f"wei = wei - {TRIL}"),),
    "attn-softmax-query-axis": (
        near(
            "no softmax but shares of squares",
            ATTENTION,
            SOFTMAX,
            "wei = torch.nan_to_num(wei, neginf=0.0) ** 2\n        wei = wei / wei.sum(-1, keepdim=True)",
        ),
    ),
    "cross-batch-talk": (
        near("values are those of a neighbouring row, halved", ATTENTION, VALUE, "v = self.value(x).roll(1, 0) / 2"),
    ),
    "scale-missing": (near("divided by a number of its own", ATTENTION, SCALE, "0.9"),),
    "scale-by-n-embd": (near("divided by the number of positions", ATTENTION, SCALE, "T ** -0.5"),),
    "scale-wrong-power": (near("the cube root", ATTENTION, SCALE, "k.shape[-1] ** (-1 / 3)"),),
    "qk-swapped": (near("queries meet queries", ATTENTION, SCORES, SCORES.replace("k.transpose", "q.transpose")),),
    "v-not-projected": (near("values and keys together", ATTENTION, VALUE, "v = self.value(x) + k"),),
    "heads-cat-axis": (
        near(
            "the heads stand in reverse", ATTENTION, JOINED, JOINED.replace("in self.heads", "in reversed(self.heads)")
        ),
    ),
    "heads-averaged": (
        near(
            "the first head counts for all", ATTENTION, JOINED, "out = self.heads[0](x).repeat(1, 1, len(self.heads))"
        ),
    ),
    "heads-view-no-transpose": (
        near(
            "channels of the heads take turns",
            EXERCISES,
            MERGED,
            "out = (wei @ v).permute(0, 2, 3, 1).reshape(B, T, C)",
        ),
    ),
    "heads-plain-list": (
        near(
            "one head more than asked for", ATTENTION, HEADS, HEADS.replace("range(num_heads)", "range(num_heads + 1)")
        ),
    ),
    "proj-missing": (
        near(
            "proj is added to what it gets",
            EXERCISES,
            "self.resid_dropout(self.proj(out))",
            "self.resid_dropout(out + self.proj(out))",
        ),
    ),
}
