"""Makes the files of this folder with the package of the format's authors, and merges with NumPy.

    python3 -m venv venv && venv/bin/pip install safetensors==0.8.0 numpy==2.4.6 ml_dtypes==0.6.0
    venv/bin/python make.py
"""

import pathlib

import ml_dtypes
import numpy
from safetensors import TensorSpec, serialize_file

FOLDER = pathlib.Path(__file__).parent
NAMES = {"F64": "float64", "F32": "float32", "F16": "float16", "BF16": "bfloat16"}
TYPES = {"F64": numpy.float64, "F32": numpy.float32, "F16": numpy.float16, "BF16": ml_dtypes.bfloat16}


def write(name, tensors, metadata=None):
    """tensors: name -> (safetensors' name of the type, array)"""
    entries = {
        key: TensorSpec(dtype=dtype, shape=list(array.shape), data_ptr=array.ctypes.data, data_len=array.nbytes)
        for key, (dtype, array) in tensors.items()
    }
    serialize_file(entries, FOLDER / name, metadata)


def every_type():
    counted = numpy.arange(6)
    tensors = {f"weights.{key}": (NAMES[key], (counted.reshape(2, 3) / 4 - 0.5).astype(TYPES[key])) for key in TYPES}
    tensors |= {
        "scalar": ("float32", numpy.array(1.5, numpy.float32)),
        "empty": ("float32", numpy.zeros((0, 3), numpy.float32)),
        "counts": ("int64", counted.astype(numpy.int64)),
        "bytes": ("uint8", counted.astype(numpy.uint8)),
        "flags": ("bool", counted % 2 == 0),
        'a "quoted"\\ näme\n\U0001f426': ("int16", counted.astype(numpy.int16)),
    }
    write("types.safetensors", tensors, {"format": "pt", "note": 'tab\t "quote" ü'})


def experts():
    """Three experts, and their combination in the precision and order that are documented."""
    random = numpy.random.default_rng(9)
    coefficients = [0.7, -0.15, 0.45]

    def weights(dtype):
        return (random.standard_normal((7, 11)) * 10.0 ** random.integers(-6, 3, (7, 11))).astype(dtype)

    pool = [{key: weights(dtype) for key, dtype in TYPES.items()} for _ in coefficients]
    merged = {}
    for key, dtype in TYPES.items():
        precision = numpy.float64 if key == "F64" else numpy.float32
        total = precision(coefficients[0]) * pool[0][key].astype(precision)
        for coefficient, expert in zip(coefficients[1:], pool[1:]):
            total = total + precision(coefficient) * expert[key].astype(precision)
        merged[key] = total.astype(dtype)
    for number, tensors in enumerate([*pool, merged]):
        name = f"expert-{number}.safetensors" if number < len(pool) else "merged.safetensors"
        write(name, {f"layer.{key}": (NAMES[key], array) for key, array in tensors.items()}, {"format": "pt"})


every_type()
experts()
