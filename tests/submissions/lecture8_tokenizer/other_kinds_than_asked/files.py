def save(tokenizer, prefix):
    with open(prefix + ".txt", "w") as file:
        file.write(tokenizer.pattern)


def load(tokenizer, path):
    tokenizer.pattern = None
