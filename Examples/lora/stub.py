"""A toy in place of a language model: everything of the example but torch, transformers and peft.

    python3 stub.py DIR

writes four adapters, DIR/adapter-0/adapter_model.safetensors ... with their configurations, and questions,
DIR/validation.jsonl and DIR/test.jsonl. Eight topics have an answer each, and an adapter knows two of them.
"""

import argparse
import hashlib
import json
import os
import random
import struct

TOPICS, OPTIONS, RANK, ALPHA = 8, 4, 2, 4
A, B = "base_model.model.layer.lora_A.weight", "base_model.model.layer.lora_B.weight"
SHAPES = {A: lambda rank: [rank, TOPICS], B: lambda rank: [OPTIONS, rank]}


class StubModel:
    """One linear layer without weights of its own: the scores of the options are scale B A x, with x the prompt's."""

    def __init__(self, config):
        self.rank = config["r"]
        root = self.rank ** 0.5 if config.get("use_rslora") else self.rank
        self.scale = config["lora_alpha"] / root
        self.change = None

    def put(self, path):
        tensors = read_safetensors(path)
        expected = {name: shape(self.rank) for name, shape in SHAPES.items()}
        found = {name: shape for name, (shape, _) in tensors.items()}
        if found != expected:
            raise ValueError(f"{path}: tensors {found}, not {expected}")
        (_, down), (_, up) = tensors[A], tensors[B]

        def entry(o, t):
            return self.scale * sum(up[o * self.rank + r] * down[r * TOPICS + t] for r in range(self.rank))

        self.change = [[entry(o, t) for t in range(TOPICS)] for o in range(OPTIONS)]

    def prepare(self, questions):
        for question in questions:
            if question.options is None or len(question.options) != OPTIONS:
                raise ValueError(f"the stub knows {OPTIONS} options")
        return [(features(question.prompt), question.answer) for question in questions]

    def losses(self, task):
        losses = []
        for x, answer in task:
            scores = [sum(weight * value for weight, value in zip(row, x)) for row in self.change]
            if any(score != score for score in scores):
                return [None] * len(task)
            losses.append(int(scores.index(max(scores)) != answer))
        return losses


def features(prompt):
    """Mostly its topic, and a little of all."""
    digest = hashlib.sha256(prompt.encode()).digest()
    x = [byte / 255 - 0.5 for byte in digest[:TOPICS]]
    x[topic(prompt)] += 1
    return x


def topic(prompt):
    return hashlib.sha256(prompt.encode()).digest()[-1] % TOPICS


def read_safetensors(path):
    """Shape and numbers of every tensor of a file in single precision."""
    try:
        with open(path, "rb") as file:
            length, = struct.unpack("<Q", file.read(8))
            header = json.loads(file.read(length))
            data = file.read()
        header.pop("__metadata__", None)
        tensors = {}
        for name, entry in header.items():
            if entry["dtype"] != "F32":
                raise ValueError(f"{name} is {entry['dtype']}, not F32")
            start, end = entry["data_offsets"]
            tensors[name] = entry["shape"], struct.unpack(f"<{(end - start) // 4}f", data[start:end])
        return tensors
    except Exception as error:  # A broken file can break anything.
        raise ValueError(f"{path}: {error}") from None


def write_safetensors(path, tensors):
    """Writes {name: (shape, numbers)} in single precision."""
    header, data = {}, b""
    for name, (shape, numbers) in tensors.items():
        packed = struct.pack(f"<{len(numbers)}f", *numbers)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(packed)]}
        data += packed
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded + data)


def write_adapter(folder, topics, strength, rng):
    """An adapter that knows these topics: a row of A finds one, a column of B answers, as loudly as it is strong."""
    down = [int(t == known) + rng.gauss(0, 0.1) for known in topics for t in range(TOPICS)]
    up = [strength * (int(o == known % OPTIONS) + rng.gauss(0, 0.1)) for o in range(OPTIONS) for known in topics]
    os.makedirs(folder, exist_ok=True)
    write_safetensors(
        os.path.join(folder, "adapter_model.safetensors"), {A: ([RANK, TOPICS], down), B: ([OPTIONS, RANK], up)})
    config = {"peft_type": "LORA", "r": RANK, "lora_alpha": ALPHA, "target_modules": ["layer"]}
    with open(os.path.join(folder, "adapter_config.json"), "w", encoding="utf-8") as file:
        json.dump(config, file)


def write_questions(path, kind, count):
    with open(path, "w", encoding="utf-8") as file:
        for number in range(count):
            prompt = f"{kind} question {number}"
            line = {"prompt": prompt, "options": list("abcd"), "answer": topic(prompt) % OPTIONS}
            print(json.dumps(line), file=file)


def write_example(folder, validation=50, test=100, seed=1):
    """The files of `stub.py DIR`; returns the adapters' paths."""
    rng = random.Random(seed)
    adapters = []
    for number in range(TOPICS // RANK):
        name = os.path.join(folder, f"adapter-{number}")
        # Unequal ones, so that their mean is not the best mixture.
        write_adapter(name, range(number * RANK, (number + 1) * RANK), 2 ** number, rng)
        adapters.append(os.path.join(name, "adapter_model.safetensors"))
    write_questions(os.path.join(folder, "validation.jsonl"), "validation", validation)
    write_questions(os.path.join(folder, "test.jsonl"), "test", test)
    return adapters


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes tiny adapters and questions for worker.py --stub.")
    parser.add_argument("folder", metavar="DIR")
    write_example(parser.parse_args().folder)
