"""Promises of the example: python3 -m unittest discover Examples/experts

Where NumPy, safetensors or scikit-learn are missing, only the syntax is tested.
"""

import contextlib
import importlib.util
import io
import json
import os
import py_compile
import subprocess
import sys
import tempfile
import unittest

# No __pycache__ among the examples.
sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGES = ["numpy", "safetensors", "sklearn"]


class Files(unittest.TestCase):
    def test_all_are_Python(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in sorted(os.listdir(HERE)):
                if name.endswith(".py"):
                    py_compile.compile(os.path.join(HERE, name), cfile=os.path.join(folder, name), doraise=True)


@unittest.skipUnless(all(importlib.util.find_spec(name) for name in PACKAGES), f"needs {', '.join(PACKAGES)}")
class Worker(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        import numpy
        from safetensors.numpy import load_file

        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder, cls.numpy = folder.name, numpy
        command = [sys.executable, "-B", "train.py", "--pool", "3", "--out", cls.folder]
        subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL, timeout=60)
        cls.paths = [os.path.join(cls.folder, f"expert-{number}.safetensors") for number in range(10)]
        cls.experts = [load_file(path) for path in cls.paths]

    def ask(self, wants, *lines, examples=200):
        """What a worker says to these lines."""
        first = {"experts": self.paths, "merge": "linear", "examples": examples}
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in (first, *lines))
        ended = subprocess.run(
            [sys.executable, "-B", "worker.py", "--wants", wants], cwd=HERE, input=text, capture_output=True, text=True,
            timeout=60)
        return [json.loads(line) for line in ended.stdout.splitlines()]

    def write(self, name, coefficients):
        """A mixture as a file, as Knee writes it: in single precision, one expert after the other."""
        from safetensors.numpy import save_file

        weights = {}
        for tensor in self.experts[0]:
            total = None
            for c, expert in zip(coefficients, self.experts):
                if c != 0:
                    term = self.numpy.float32(c) * expert[tensor]
                    total = term if total is None else total + term
            weights[tensor] = total
        path = os.path.join(self.folder, name)
        save_file(weights, path)
        return path

    def test_the_same_pool_has_the_same_files_in_every_process(self):
        import train

        with tempfile.TemporaryDirectory() as other:
            with contextlib.redirect_stdout(io.StringIO()):
                train.main(["--pool", "3", "--out", other])
            for path in self.paths:
                with open(path, "rb") as one, open(os.path.join(other, os.path.basename(path)), "rb") as two:
                    self.assertEqual(one.read(), two.read())

    def test_the_split_has_every_image_once(self):
        numpy = self.numpy
        with numpy.load(os.path.join(self.folder, "split.npz")) as arrays:
            images = [arrays[part + ".images"] for part in ("training", "validation", "test")]
        self.assertEqual([len(part) for part in images], [1000, 200, 597])
        from sklearn.datasets import load_digits

        pixels = load_digits().data / 16
        self.assertEqual(sorted(map(tuple, numpy.concatenate(images))), sorted(map(tuple, pixels)))

    def test_files_and_coefficients_have_the_same_values(self):
        rng = self.numpy.random.default_rng(1)
        mixtures = [[float(other == number) for other in range(10)] for number in range(2)]
        mixtures += rng.dirichlet([1] * 10, 4).tolist()
        wild = rng.normal(size=(4, 10))
        wild[:, 9] = 1 - wild[:, :9].sum(axis=1)
        mixtures += wild.tolist()
        files = [self.write(f"{number}.safetensors", mixture) for number, mixture in enumerate(mixtures)]
        requests = [{"id": number, "split": part} for number, part in enumerate(["validation", "test"])]
        by_files = self.ask("path", *({**request, "path": files} for request in requests))
        by_coefficients = self.ask("coefficients", *({**request, "coefficients": mixtures} for request in requests))
        self.assertEqual([by_files[0], by_coefficients[0]], [{"ready": True, "wants": w} for w in ("path", "coefficients")])
        self.assertEqual(by_files[1:], by_coefficients[1:])
        for answer, count in zip(by_files[1:], [200, 597]):
            for value, losses in zip(answer["value"], answer["losses"]):
                self.assertEqual(len(losses), count)
                self.assertEqual(value, sum(losses) / count)

    def test_the_mean_of_the_experts_reads_more_than_any_of_them(self):
        units = [[float(other == number) for other in range(10)] for number in range(10)]
        *singles, mean = self.ask("coefficients", {"id": 1, "split": "test", "coefficients": units + [[0.1] * 10]})[1]["value"]
        self.assertLess(mean, min(singles) - 0.05)

    def test_what_is_wrong_is_an_answer_and_the_next_request_is_answered(self):
        good = {"id": 99, "split": "test", "coefficients": [[0.1] * 10]}
        wrong = [[[1]], [[1] * 10], [["1"] + [0] * 9], [[True] + [0] * 9], [], "all", [None]]
        requests = [{"id": number, "split": "test", "coefficients": mixtures} for number, mixtures in enumerate(wrong)]
        requests += [{"id": 7, "split": "training", "coefficients": [[0.1] * 10]}, {"id": 8, "split": "test", "path": ["a"]}]
        infinite = '{"id": 9, "split": "test", "coefficients": [[Infinity, 0, 0, 0, 0, 0, 0, 0, 0, 1]]}'
        answers = self.ask("coefficients", *requests, infinite, "{", good)
        self.assertEqual([answer["id"] for answer in answers[1:]], [*range(10), None, 99])
        for answer in answers[1:-1]:
            self.assertEqual(set(answer), {"id", "error"})
        self.assertIn("value", answers[-1])

    def test_files_that_are_no_expert_are_errors(self):
        torn = os.path.join(self.folder, "torn.safetensors")
        with open(self.paths[0], "rb") as file, open(torn, "wb") as copy:
            copy.write(file.read()[:-4])
        files = [torn, os.path.join(self.folder, "missing"), os.path.join(self.folder, "split.npz"), self.folder]
        answers = self.ask("path", *({"id": 1, "split": "test", "path": [path]} for path in files))
        for answer in answers[1:]:
            self.assertEqual(set(answer), {"id", "error"})

    def test_overflow_has_no_value(self):
        far = [1e38, -1e38, 1, *[0] * 7]
        answer = self.ask("coefficients", {"id": 1, "split": "test", "coefficients": [far, [0.1] * 10]})[1]
        self.assertIsNone(answer["value"][0])
        self.assertEqual(answer["losses"][0], [None] * 597)
        self.assertIsNotNone(answer["value"][1])

    def test_another_number_of_examples_is_refused(self):
        self.assertEqual(self.ask("path", examples=100), [])


if __name__ == "__main__":
    unittest.main()
