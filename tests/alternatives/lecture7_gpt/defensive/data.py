from __future__ import annotations

from collections.abc import Iterable, Mapping

import torch


def vocabulary(text: str) -> tuple[dict[str, int], dict[int, str]]:
    """Both directions; each is the inverse of the other."""
    if not isinstance(text, str):
        raise TypeError("the text should be a str")
    stoi = {ch: i for i, ch in enumerate(sorted(set(text)))}
    itos = {i: ch for ch, i in stoi.items()}
    assert len(stoi) == len(itos)
    return stoi, itos


def encode(text: str, stoi: Mapping[str, int]) -> list[int]:
    unknown = set(text) - set(stoi)
    if unknown:
        raise KeyError(f"no number for {sorted(unknown)}")
    ids = [stoi[ch] for ch in text]
    assert len(ids) == len(text)
    return ids


def decode(ids: Iterable[int], itos: Mapping[int, str]) -> str:
    return "".join(itos[int(i)] for i in ids)


def get_batch(
    data: torch.Tensor, block_size: int, batch_size: int, generator: torch.Generator | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    if data.dim() != 1 or len(data) <= block_size:
        raise ValueError(f"{tuple(data.shape)} is too short for pieces of {block_size}")
    starts = torch.randint(len(data) - block_size, (batch_size,), generator=generator).tolist()
    x = torch.stack([data[start : start + block_size] for start in starts])
    y = torch.stack([data[start + 1 : start + 1 + block_size] for start in starts])
    assert x.shape == y.shape == (batch_size, block_size)
    assert torch.equal(x[:, 1:], y[:, :-1])
    return x, y
