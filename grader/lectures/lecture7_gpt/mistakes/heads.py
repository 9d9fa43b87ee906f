"""Known mistakes of lecture 7 within attention: the scale, queries, keys and values, and several heads."""

from grader.judging.mistakes.known import Edit, Misconception, edit
from grader.lectures.lecture7_gpt.mistakes.shared import ATTENTION, EXERCISES, SCORES, VALUE

SCALE = "k.shape[-1] ** -0.5"
HEADS = "nn.ModuleList([Head(n_embd, head_size, block_size, dropout) for _ in range(num_heads)])"
JOINED = "out = torch.cat([h(x) for h in self.heads], dim=-1)"
SPLIT = "split = (B, T, self.n_head, C // self.n_head)"
MERGED = "out = (wei @ v).transpose(1, 2).reshape(B, T, C)"

MISCONCEPTIONS = (
    Misconception(
        "scale-missing",
        "The scores are not divided by anything.",
        "What is the variance of the product of two random vectors, if they are 64 long?",
        (
            edit(ATTENTION, f" * {SCALE}", ""),
            edit(EXERCISES, f" * {SCALE}", ""),
        ),
    ),
    Misconception(
        "scale-by-n-embd",
        "The scores are divided by the root of the model's width, as in the lecture's first version, later corrected.",
        "How long are a query and a key inside the head?",
        (
            edit(ATTENTION, SCALE, "x.shape[-1] ** -0.5"),
            edit(EXERCISES, SCALE, "C ** -0.5"),
        ),
    ),
    Misconception(
        "scale-wrong-power",
        "The scores are scaled by another power of the head's size, or the weights are, after the softmax.",
        "Print the spread of the scores for random inputs. Was it the spread or the variance that grew with the size?",
        (
            edit(ATTENTION, SCALE, "k.shape[-1] ** -1"),
            edit(EXERCISES, SCALE, "k.shape[-1] ** -1"),
            edit(ATTENTION, SCALE, "k.shape[-1] ** 0.5"),
            edit(EXERCISES, SCALE, "k.shape[-1] ** 0.5"),
            (
                Edit(ATTENTION, f" * {SCALE}", ""),
                Edit(ATTENTION, "F.softmax(wei, dim=-1)", f"F.softmax(wei, dim=-1) * {SCALE}"),
            ),
        ),
    ),
    Misconception(
        "qk-swapped",
        "Keys and queries have changed places: who answers stands in the rows.",
        "Row t belongs to the character that asks. Whose vector must be the row?",
        (
            edit(ATTENTION, SCORES, SCORES.replace("q @ k.transpose", "k @ q.transpose")),
            edit(EXERCISES, SCORES, SCORES.replace("q @ k.transpose", "k @ q.transpose")),
            (
                Edit(ATTENTION, "k = self.key(x)", "k = self.query(x)"),
                Edit(ATTENTION, "q = self.query(x)", "q = self.key(x)"),
            ),
        ),
    ),
    Misconception(
        "v-not-projected",
        "What is gathered is not the values, but the input itself, the keys or the queries.",
        "What does a character say, as opposed to what it is, and to what it is asked by?",
        (
            edit(ATTENTION, VALUE, "v = x"),
            edit(ATTENTION, VALUE, "v = k"),
            edit(ATTENTION, VALUE, "v = q"),
            edit(EXERCISES, "v = self.value(x)", "v = x"),
            edit(EXERCISES, "v = self.value(x)", "v = self.key(x)"),
        ),
    ),
    Misconception(
        "heads-cat-axis",
        "The results of the heads are laid one after the other along the positions, or along the batch.",
        "Which axis should grow with the number of heads?",
        (
            edit(ATTENTION, JOINED, JOINED.replace("dim=-1", "dim=1")),
            edit(ATTENTION, JOINED, JOINED.replace("dim=-1", "dim=0")),
        ),
    ),
    Misconception(
        "heads-averaged",
        "The results of the heads are added up or averaged, where each should keep channels of its own.",
        "Four small voices side by side, or one blurred voice? How wide is the input of proj?",
        (
            (
                Edit(ATTENTION, JOINED, "out = sum(h(x) for h in self.heads)"),
                Edit(ATTENTION, "self.proj = nn.Linear(num_heads", "self.proj = nn.Linear(1"),
            ),
            (
                Edit(ATTENTION, JOINED, "out = torch.stack([h(x) for h in self.heads]).mean(0)"),
                Edit(ATTENTION, "self.proj = nn.Linear(num_heads", "self.proj = nn.Linear(1"),
            ),
            edit(
                ATTENTION, JOINED, "out = torch.stack([h(x) for h in self.heads]).mean(0).repeat(1, 1, len(self.heads))"
            ),
            edit(ATTENTION, JOINED, "out = sum(h(x) for h in self.heads).repeat(1, 1, len(self.heads))"),
        ),
    ),
    Misconception(
        "heads-view-no-transpose",
        "The heads are split or put together by a change of shape alone, which mixes positions and heads.",
        "Change character 2 only. Does the query of character 0 move, before there is any attention?",
        (
            edit(EXERCISES, MERGED, "out = (wei @ v).reshape(B, T, C)"),
            (
                Edit(EXERCISES, SPLIT, "split = (B, self.n_head, T, C // self.n_head)"),
                Edit(EXERCISES, ".view(split).transpose(1, 2)", ".view(split)", 3),
            ),
            (
                Edit(EXERCISES, SPLIT, "split = (B, self.n_head, T, C // self.n_head)"),
                Edit(EXERCISES, ".view(split).transpose(1, 2)", ".view(split)", 3),
                Edit(EXERCISES, MERGED, "out = (wei @ v).reshape(B, T, C)"),
            ),
        ),
    ),
    Misconception(
        "heads-plain-list",
        "The heads stand in a plain list, or are one and the same object, so that not all of them are learned.",
        "Count the parameters with 1 head and with 3. How many numbers does each head add?",
        (
            edit(ATTENTION, HEADS, HEADS.removeprefix("nn.ModuleList(").removesuffix(")")),
            edit(ATTENTION, HEADS, "nn.ModuleList([Head(n_embd, head_size, block_size, dropout)] * num_heads)"),
        ),
    ),
    Misconception(
        "proj-missing",
        "What the heads have found is not mixed by proj.",
        "Which layer lets the channels of one head be combined with those of another?",
        (
            edit(ATTENTION, "self.dropout(self.proj(out))", "self.dropout(out)"),
            edit(EXERCISES, "self.resid_dropout(self.proj(out))", "self.resid_dropout(out)"),
        ),
    ),
)
