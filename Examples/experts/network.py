"""The network of the example: 64 pixels, 32 hidden units (ReLU), 10 digits."""

import numpy as np

SHAPES = {"hidden.weight": (32, 64), "hidden.bias": (32,), "output.weight": (10, 32), "output.bias": (10,)}


def forward(weights, images):
    """The hidden units [n, 32] and the scores [n, 10] of images [n, 64]; the largest score is the answer."""
    hidden = np.maximum(images @ weights["hidden.weight"].T + weights["hidden.bias"], 0)
    return hidden, hidden @ weights["output.weight"].T + weights["output.bias"]
