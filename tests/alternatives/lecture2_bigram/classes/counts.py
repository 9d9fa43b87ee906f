import torch


class Vocabulary:
    MARKER = "."

    def __init__(self, stoi):
        self.stoi = dict(stoi)

    @classmethod
    def of(cls, words):
        letters = sorted({letter for word in words for letter in word} - {cls.MARKER})
        return cls({cls.MARKER: 0, **dict(zip(letters, range(1, len(letters) + 1)))})

    @property
    def itos(self):
        return {number: letter for letter, number in self.stoi.items()}

    def __len__(self):
        return len(self.stoi)

    def __getitem__(self, letter):
        return self.stoi[letter]


class NGrams:
    """All windows of n symbols in a word, with n - 1 markers in front and one behind."""

    def __init__(self, n, vocabulary=None):
        self.n = n
        self.vocabulary = vocabulary

    def of_word(self, word):
        text = Vocabulary.MARKER * (self.n - 1) + word + Vocabulary.MARKER
        return [tuple(text[i : i + self.n]) for i in range(len(text) - self.n + 1)]

    def of_words(self, words):
        for word in words:
            for window in self.of_word(word):
                yield [self.vocabulary[symbol] for symbol in window]

    def context_number(self, symbols):
        number = 0
        for symbol in symbols:
            number = number * len(self.vocabulary) + symbol
        return number

    def dataset(self, words):
        windows = list(self.of_words(words))
        xs = torch.tensor([self.context_number(window[:-1]) for window in windows], dtype=torch.long)
        ys = torch.tensor([window[-1] for window in windows], dtype=torch.long)
        return xs, ys

    def counts(self, words):
        V = len(self.vocabulary)
        N = torch.zeros(V ** (self.n - 1) * V, dtype=torch.long)
        xs, ys = self.dataset(words)
        N.scatter_add_(0, xs * V + ys, torch.ones_like(xs))
        return N.reshape(-1, V)


class Table:
    """Rows of probabilities."""

    def __init__(self, P):
        self.P = P

    @classmethod
    def from_counts(cls, N, smoothing):
        smoothed = N.to(torch.float64) + smoothing
        return cls(torch.einsum("ij,i->ij", smoothed, smoothed.sum(dim=1).reciprocal()))

    def __getitem__(self, ix):
        return self.P[ix]

    def nll(self, xs, ys):
        picked = torch.gather(self.P[xs], 1, ys.unsqueeze(1)).squeeze(1)
        return float(picked.log().neg().mean())


class Sampler:
    """Draws names from anything that gives a row of probabilities for a number."""

    def __init__(self, row_of, itos, generator):
        self.row_of, self.itos, self.generator = row_of, itos, generator

    def symbols(self):
        ix = 0
        while True:
            ix = int(torch.multinomial(self.row_of(ix), num_samples=1, generator=self.generator))
            if ix == 0:
                return
            yield self.itos[ix]

    def names(self, count):
        return ["".join(self.symbols()) for _ in range(count)]


def build_vocabulary(words):
    vocabulary = Vocabulary.of(words)
    return vocabulary.stoi, vocabulary.itos


def bigrams(word):
    return NGrams(2).of_word(word)


def count_bigrams(words, stoi):
    return NGrams(2, Vocabulary(stoi)).counts(words)


def bigram_probabilities(N, smoothing):
    return Table.from_counts(N, smoothing).P


def sample_names(P, itos, count, generator):
    return Sampler(Table(P).__getitem__, itos, generator).names(count)


class InverseCDF:
    def __init__(self, p):
        self.steps = p.tolist()

    def __call__(self, u):
        total, last = 0.0, len(self.steps) - 1
        for ix in range(last):
            total += self.steps[ix]
            if u <= total:
                return ix
        return last


def draw(p, generator):
    return InverseCDF(p)(torch.rand(1, dtype=torch.double, generator=generator).item())


def average_nll(P, words, stoi):
    return Table(P).nll(*NGrams(2, Vocabulary(stoi)).dataset(words))
