"""What the adapters of a pool have in common, and the configuration of what Knee makes of them."""

import json
import math
import os

# Adapters that differ in one of these cannot be merged: their tensors or the scale of their change are not the same.
SHARED = [
    "peft_type", "r", "lora_alpha", "target_modules", "modules_to_save", "bias", "use_rslora", "use_dora",
    "fan_in_fan_out", "rank_pattern", "alpha_pattern",
]


def read_config(adapter):
    """The adapter_config.json beside an adapter's file."""
    path = os.path.join(os.path.dirname(adapter), "adapter_config.json")
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    if config.get("peft_type") != "LORA":
        raise ValueError(f"{path}: an adapter of type {config.get('peft_type')}, not LORA")
    return config


def shared_config(adapters):
    """The first adapter's configuration. ValueError if another one's differs in what counts."""
    configs = [read_config(adapter) for adapter in adapters]
    for adapter, config in zip(adapters, configs):
        for key in SHARED:
            ours, first = unordered(config.get(key)), unordered(configs[0].get(key))
            if ours != first:
                raise ValueError(f"{adapter}: {key} is {ours}, but {first} in {adapters[0]}")
    return configs[0]


def unordered(value):
    """Lists of modules are sets, in whatever order PEFT wrote them."""
    return sorted(value) if isinstance(value, list) else value or None


def merged_config(config, merge, count):
    """The configuration of a merge of `count` adapters.

    `linear` has the shape of an adapter. `lora-product` has rank k r, and alpha is such that the scale, alpha / r or
    alpha / sqrt(r) with use_rslora (Kalajdzievski 2023, arXiv:2312.03732), stays what it was.
    """
    if merge == "linear":
        return config
    if merge != "lora-product":
        raise ValueError(f"there is no merge {merge}")
    if config.get("use_dora"):
        raise ValueError("the magnitudes of DoRA are in no sum of products: merge these adapters linearly")
    factor = math.sqrt(count) if config.get("use_rslora") else count
    return {
        **config,
        "r": count * config["r"],
        "lora_alpha": factor * config["lora_alpha"],
        "rank_pattern": {name: count * rank for name, rank in (config.get("rank_pattern") or {}).items()},
        "alpha_pattern": {name: factor * alpha for name, alpha in (config.get("alpha_pattern") or {}).items()},
    }
