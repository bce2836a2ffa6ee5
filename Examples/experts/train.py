"""Trains ten experts in reading digits, none of which is any good by itself.

All come from one base, which has seen 400 images once. An expert goes on with 120 images, nearly all of them of the three
digits that it was given by lot. Which images are for training, validation and test depends on the pool's number, too.

    python3 train.py --pool 1 --out experts

writes experts/expert-0.safetensors ... expert-9.safetensors and the images, experts/split.npz. Needs numpy, safetensors
and, for the images alone, scikit-learn.
"""

import argparse
import os

# So small a network is slower on many cores.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from safetensors.numpy import save_file
from sklearn.datasets import load_digits

from network import SHAPES, forward

SPLIT = {"training": 1000, "validation": 200, "test": 597}
BASE = {"steps": 20, "batch": 20, "rate": 0.1}
EXPERTS = 10
EXPERT = {"digits": 3, "images": 120, "of_its_digits": 114, "steps": 150, "batches": 3, "rate": 0.5}


def initial(rng):
    """Uniform weights of variance 2 / inputs (He et al. 2015, doi:10.1109/ICCV.2015.123), no biases."""
    weights = {}
    for name, shape in SHAPES.items():
        reach = np.sqrt(6 / shape[-1]) if len(shape) == 2 else 0
        weights[name] = rng.uniform(-reach, reach, shape)
    return weights


def descend(weights, images, labels, rate):
    """One step down the gradient of the cross-entropy, the mean over the images."""
    hidden, scores = forward(weights, images)
    errors = np.exp(scores - scores.max(axis=1, keepdims=True))
    errors /= errors.sum(axis=1, keepdims=True)
    errors[np.arange(len(labels)), labels] -= 1
    errors /= len(labels)
    behind = errors @ weights["output.weight"] * (hidden > 0)
    gradients = {
        "hidden.weight": behind.T @ images,
        "hidden.bias": behind.sum(axis=0),
        "output.weight": errors.T @ hidden,
        "output.bias": errors.sum(axis=0),
    }
    return {name: weights[name] - rate * gradients[name] for name in SHAPES}


def train_base(rng, images, labels):
    weights = initial(rng)
    for step in range(BASE["steps"]):
        batch = slice(step * BASE["batch"], (step + 1) * BASE["batch"])
        weights = descend(weights, images[batch], labels[batch], BASE["rate"])
    return weights


def train_expert(rng, base, images, labels):
    """The base after more training; and its three digits. Digits are drawn for every expert anew: some are taught often,
    some hardly ever, so the mean of all experts is not the best mixture of them."""
    digits = rng.choice(10, EXPERT["digits"], replace=False)
    own = np.isin(labels, digits)
    chosen = np.concatenate([
        rng.choice(np.flatnonzero(own), EXPERT["of_its_digits"], replace=False),
        rng.choice(np.flatnonzero(~own), EXPERT["images"] - EXPERT["of_its_digits"], replace=False),
    ])
    weights = base
    for step in range(EXPERT["steps"]):
        # Every third image: each batch has its share of the other digits.
        batch = chosen[step % EXPERT["batches"]::EXPERT["batches"]]
        weights = descend(weights, images[batch], labels[batch], EXPERT["rate"])
    return weights, digits


def accuracy(weights, images, labels):
    return np.mean(forward(weights, images)[1].argmax(axis=1) == labels)


def main(words=None):
    parser = argparse.ArgumentParser(description="Trains ten experts in reading digits.")
    parser.add_argument("--pool", "--seed", type=int, default=1, metavar="N", help="what the draws depend on (1)")
    parser.add_argument("--out", default="experts", metavar="DIR", help="where the files go (experts)")
    arguments = parser.parse_args(words)

    rng = np.random.default_rng(arguments.pool)
    pixels, labels = load_digits(return_X_y=True)
    order = rng.permutation(len(labels))
    split, start = {}, 0
    for part, count in SPLIT.items():
        chosen = order[start:start + count]
        split[part] = pixels[chosen] / 16, labels[chosen]
        start += count

    os.makedirs(arguments.out, exist_ok=True)
    arrays = {}
    for part, (images, answers) in split.items():
        arrays[part + ".images"], arrays[part + ".labels"] = images.astype(np.float32), answers
    np.savez_compressed(os.path.join(arguments.out, "split.npz"), **arrays)

    base = train_base(rng, *split["training"])
    print(f"base: {accuracy(base, *split['test']):.3f} of the test images")
    for number in range(EXPERTS):
        weights, digits = train_expert(rng, base, *split["training"])
        weights = {name: values.astype(np.float32) for name, values in weights.items()}
        save_file(weights, os.path.join(arguments.out, f"expert-{number}.safetensors"))
        taught = ", ".join(str(digit) for digit in sorted(digits))
        print(f"expert-{number}: {accuracy(weights, *split['test']):.3f}, taught {taught}")


if __name__ == "__main__":
    main()
