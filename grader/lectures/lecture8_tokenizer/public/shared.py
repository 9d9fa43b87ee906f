"""What several of lecture 8's public checks look at."""

LECTURE = "aaabdaaabac"  # the text of the lecture's own example
LEARNED = ((97, 97), (256, 97), (257, 98))  # what it teaches in three merges
LATE = ((98, 99), (97, 98), (257, 256))  # "bc" was learned before "ab"
NESTED = ((97, 98), (256, 99), (257, 257))  # "ab", "abc", "abcabc"
FIVE = ((98, 99), (99, 99), (97, 98), (99, 258), (99, 257))  # every wrong order gives ids of its own for these texts
ORDERED = ("abccaba", "bbcccc")
SIGNS = ("a", "b", " ", "é", "1", "\n", "'s", "😀", "안", "\r\n", "!")
ACROSS = ((101, 32), (32, 116), (104, 101), (257, 258))  # "e " lies across the end of a chunk
SPECIAL = ("<|end|>", "<|end|>er", "a+b")  # one begins with another, and one has a sign that patterns read otherwise
PLAIN = (1, 0)  # every byte has its own rank
SHUFFLED = (7, 40)  # byte b has the rank (7 * b + 40) % 256
