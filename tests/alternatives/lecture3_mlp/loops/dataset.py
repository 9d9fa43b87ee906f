import torch


def build_dataset(words, stoi, block_size):
    # first all the rows, then one tensor for each half
    contexts = []
    targets = []
    for word in words:
        for position in range(len(word) + 1):
            context = []
            for back in range(block_size, 0, -1):
                where = position - back
                if where < 0:
                    context.append(stoi["."])
                else:
                    context.append(stoi[word[where]])
            contexts.append(context)
            if position == len(word):
                targets.append(stoi["."])
            else:
                targets.append(stoi[word[position]])
    return [torch.tensor(contexts), torch.tensor(targets)]


def split_words(words, rng):
    mixed = []
    for word in words:
        mixed.append(word)
    rng.shuffle(mixed)
    first = int(0.8 * len(words))
    second = int(0.9 * len(words))
    train, dev, test = [], [], []
    for number, word in enumerate(mixed):
        if number < first:
            train.append(word)
        elif number < second:
            dev.append(word)
        else:
            test.append(word)
    return train, dev, test
