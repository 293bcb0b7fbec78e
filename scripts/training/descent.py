"""How an encoder with heads on top is tuned here: AdamW with a short warm-up and a straight way down, the heads faster than the encoder."""

from __future__ import annotations

from typing import Any

import torch

_DECAY = 0.01
_SLOWEST = 0.02  # of the full rate, at the end


def descend(net: torch.nn.Module, *, rate: float, head_rate: float, warm: int, steps: int) -> tuple[Any, Any]:
    """An optimizer of all that may change in `net` (whose part `encoder` is the encoder), and its schedule: `warm` steps up, then down."""
    tuned = [p for p in net.encoder.parameters() if p.requires_grad]
    heads = [p for name, p in net.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": tuned, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=_DECAY)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: min((step + 1) / warm, max(_SLOWEST, (steps - step) / steps)))
