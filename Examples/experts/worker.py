"""Evaluates mixtures of the experts of train.py for `knee compose`: the share of images that a mixture reads wrongly.

A mixture comes as a file that Knee has written, or, with --wants coefficients, as coefficients: this worker then mixes
by itself. Both have the same values. Standard output belongs to the protocol; everything else goes to standard error.
"""

import argparse
import json
import math
import os
import sys

# Knee runs a worker on every core; a library that spreads over all of them only gets in the way.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from network import SHAPES, forward


def load(path):
    """The tensors of a file, if they are those of the network."""
    try:
        weights = load_file(path)
    except (OSError, SafetensorError, TypeError, KeyError) as error:
        raise ValueError(f"{path}: {error}") from None
    found = {name: (values.dtype.name, values.shape) for name, values in weights.items()}
    expected = {name: ("float32", shape) for name, shape in SHAPES.items()}
    if found != expected:
        raise ValueError(f"{path}: tensors {found}, not {expected}")
    return weights


def mixed(experts, coefficients):
    """sum_i c_i w_i in single precision, one expert after the other: what Knee writes into a file, bit for bit."""
    weights = {}
    with np.errstate(over="ignore", invalid="ignore"):
        for name in SHAPES:
            terms = [np.float32(c) * expert[name] for c, expert in zip(coefficients, experts) if c != 0]
            weights[name] = sum(terms[1:], start=terms[0])
    return weights


def losses(weights, images, labels):
    """1 for an image that is read wrongly, else 0; None for all if the network has no answer."""
    with np.errstate(over="ignore", invalid="ignore"):
        scores = forward(weights, images)[1]
    if not np.isfinite(scores).all():
        return [None] * len(labels)
    return (scores.argmax(axis=1) != labels).astype(int).tolist()


def coefficients_of(mixture, experts):
    if not isinstance(mixture, list) or len(mixture) != len(experts):
        raise ValueError(f"a mixture has {len(experts)} coefficients")
    if not all(type(c) in (int, float) and math.isfinite(c) for c in mixture):
        raise ValueError("coefficients are finite numbers")
    if abs(math.fsum(mixture) - 1) > 1e-6:
        raise ValueError(f"coefficients add up to 1, not to {math.fsum(mixture)}")
    return mixture


def answer(request, wants, experts, split):
    """The value of every mixture of a request; ValueError says what is wrong with it."""
    if request.get("split") not in list(split):
        raise ValueError(f"split is one of {', '.join(split)}")
    mixtures = request.get(wants)
    if not isinstance(mixtures, list) or not mixtures:
        raise ValueError(f"a request has one {wants} a mixture")
    found = []
    for mixture in mixtures:
        if wants == "coefficients":
            weights = mixed(experts, coefficients_of(mixture, experts))
        elif isinstance(mixture, str):
            weights = load(mixture)
        else:
            raise ValueError("a path is a text")
        found.append(losses(weights, *split[request["split"]]))
    values = [None if None in wrong else sum(wrong) / len(wrong) for wrong in found]
    return {"value": values, "losses": found}


def load_split(folder):
    with np.load(os.path.join(folder, "split.npz")) as arrays:
        return {part: (arrays[part + ".images"], arrays[part + ".labels"]) for part in ("validation", "test")}


def main():
    parser = argparse.ArgumentParser(description="Evaluates mixtures of digit experts for knee compose.")
    parser.add_argument("--wants", choices=["path", "coefficients"], default="path", help="how mixtures come (path)")
    wants = parser.parse_args().wants

    # What a library prints must not come between the answers.
    answers, sys.stdout = sys.stdout, sys.stderr

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    requests = sys.stdin.buffer
    task = json.loads(requests.readline())
    if wants == "coefficients" and task["merge"] != "linear":
        sys.exit(f"This worker mixes linearly, not by {task['merge']}.")
    experts = [load(path) for path in task["experts"]]
    split = load_split(os.path.dirname(task["experts"][0]))
    count = len(split["validation"][1])
    if task["examples"] != count:
        sys.exit(f"There are {count} validation images, not {task['examples']}: say --validation {count}.")
    say({"ready": True, "wants": wants})

    for line in requests:
        number = None
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise ValueError("a request is an object")
            number = request.get("id")
            say({"id": number, **answer(request, wants, experts, split)})
        except ValueError as error:
            say({"id": number, "error": str(error)})


if __name__ == "__main__":
    main()
