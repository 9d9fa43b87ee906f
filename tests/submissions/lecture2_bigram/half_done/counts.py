import torch


def build_vocabulary(words):
    chars = sorted(list(set(''.join(words))))
    stoi = {s:i+1 for i,s in enumerate(chars)}
    stoi['.'] = 0
    itos = {i:s for s,i in stoi.items()}
    return stoi, itos


def bigrams(word):
    chs = ['.'] + list(word) + ['.']
    return list(zip(chs, chs[1:]))


def count_bigrams(words, stoi):
    N = torch.zeros((27, 27), dtype=torch.int32)
    for w in words:
        for ch1, ch2 in bigrams(w):
            N[stoi[ch1], stoi[ch2]] += 1
    return N


def bigram_probabilities(N, smoothing):
    P = (N+smoothing).float()
    P /= P.sum(1, keepdims=True)
    return P


def sample_names(P, itos, count, generator):
    """Make up names: start at '.', draw what follows, go on from there, and stop at the next '.'.

    P: tensor of floats, shape (V, V), rows of probabilities. itos: dict, number to character.
    count: int, how many names. generator: torch.Generator.
    Returns a list of str. The '.' is no part of a name: the lecture prints 'mor.', here it is 'mor'.

    Each character is one call of torch.multinomial for one sample, with the generator given, and nothing
    else draws from it. The names that come out depend on your version of torch; those of the video come
    from an old one, and `draw` below brings them back.

    >>> P = torch.tensor([[0., 1., 0.], [0., 0., 1.], [1., 0., 0.]])      # '.' then a, a then b, b then '.'
    >>> sample_names(P, {0: '.', 1: 'a', 2: 'b'}, 2, torch.Generator().manual_seed(2147483647))
    ['ab', 'ab']

    Source: lecture 2, 0:24.
    """
    raise NotImplementedError("sample-names")  # TODO: your code goes here


def draw(p, generator):
    """One draw from a row of probabilities, made by hand.

    Take one number u from the generator: torch.rand, one number, float64. Add up p from the left:
    the answer is the first index at which the running total is at least u.

    p: tensor of floats, shape (V,), adding up to 1. generator: torch.Generator. Returns an int.
    (Should rounding keep the whole total below u, the answer is the last index.)

    >>> draw(torch.tensor([0.2, 0.5, 0.3]), torch.Generator().manual_seed(2147483647))     # u is 0.6650...
    1

    This is what torch.multinomial did when the lecture was recorded. With it, the table of the lecture's
    names (smoothing 1) and the seed 2147483647 give mor, axx, minaymoryles, kondlaisah, anchshizarie:
    the very names of the video, with every version of torch.

    Source: lecture 2, 0:26, where torch draws; here you do.
    """
    raise NotImplementedError("draw")  # TODO: your code goes here


def average_nll(P, words, stoi):
    """The loss of a table of probabilities: the average negative log likelihood of all bigrams in words.

    Natural logarithm; the average is over the bigrams, not over the words. A bigram of probability 0
    makes the loss infinite (inf), as the lecture sees with 'andrejq'.

    P: tensor of floats, shape (V, V), rows of probabilities. words: list of str. stoi: dict, character to
    number. Returns a float.

    >>> P = torch.tensor([[0.25, 0.75], [0.5, 0.5]])
    >>> round(average_nll(P, ["aa"], {'.': 0, 'a': 1}), 4)         # (-log 0.75 - log 0.5 - log 0.5) / 3
    0.558

    A uniform guess among 27 costs log 27, about 3.2958. The lecture's names and their own bigrams: about
    2.4540 without smoothing, 2.4546 with 1.

    Source: lecture 2, 0:50.
    """
    raise NotImplementedError("average-nll")  # TODO: your code goes here
