"""Promises of the worker, kept with the stub in place of a language model: python3 -m unittest discover Examples/lora"""

import json
import math
import os
import py_compile
import subprocess
import sys
import tempfile
import unittest

# No __pycache__ among the examples.
sys.dont_write_bytecode = True

import stub
import worker
from adapters import merged_config, shared_config
from questions import read_questions

HERE = os.path.dirname(os.path.abspath(__file__))


def combined(adapters, coefficients):
    """sum_i c_i of every tensor."""
    tensors = [stub.read_safetensors(path) for path in adapters]
    return {
        name: (shape, [math.fsum(c * t[name][1][i] for c, t in zip(coefficients, tensors)) for i in range(len(numbers))])
        for name, (shape, numbers) in tensors[0].items()
    }


def product(adapters, coefficients):
    """B = [c_1 B_1 | ... | c_k B_k], A = [A_1 / ... / A_k]."""
    tensors = [stub.read_safetensors(path) for path in adapters]
    rank, ranks = stub.RANK, range(stub.RANK)
    down = [number for t in tensors for number in t[stub.A][1]]
    up = [
        c * t[stub.B][1][o * rank + r] for o in range(stub.OPTIONS) for c, t in zip(coefficients, tensors) for r in ranks]
    whole = rank * len(adapters)
    return {stub.A: ([whole, stub.TOPICS], down), stub.B: ([stub.OPTIONS, whole], up)}


class WithExample(unittest.TestCase):
    """A folder with what `stub.py DIR` writes."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.adapters = stub.write_example(self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, tensors, name="merged.safetensors"):
        stub.write_safetensors(self.path(name), tensors)
        return self.path(name)

    def change_config(self, adapter, **changes):
        path = os.path.join(os.path.dirname(adapter), "adapter_config.json")
        with open(path, encoding="utf-8") as file:
            config = json.load(file)
        with open(path, "w", encoding="utf-8") as file:
            json.dump({**config, **changes}, file)

    def run_worker(self, *lines, task=None, program=("worker.py",)):
        """What a worker of its own process says to the task and to these lines, and its errors."""
        first = {"experts": self.adapters, "merge": "linear", "examples": 50, **(task or {})}
        command = [sys.executable, *program, "--stub", "--validation", self.path("validation.jsonl"), "--test",
                   self.path("test.jsonl")]
        text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in (first, *lines))
        ended = subprocess.run(command, cwd=HERE, input=text, capture_output=True, text=True, timeout=60)
        return [json.loads(line) for line in ended.stdout.splitlines()], ended


class Protocol(WithExample):
    def test_ready_then_an_answer_a_request(self):
        requests = [{"id": i, "split": "validation", "path": [path], "seed": [i]} for i, path in enumerate(self.adapters)]
        answers, ended = self.run_worker(*requests)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        self.assertEqual(answers[0], {"ready": True, "wants": "path"})
        self.assertEqual([answer["id"] for answer in answers[1:]], [0, 1, 2, 3])
        for answer in answers[1:]:
            self.assertEqual(set(answer), {"id", "value", "losses"})
            (value,), (losses,) = answer["value"], answer["losses"]
            self.assertEqual(len(losses), 50)
            self.assertLessEqual(set(losses), {0, 1})
            self.assertEqual(value, sum(losses) / 50)

    def test_a_request_of_several_mixtures_is_several_requests_of_one(self):
        several = {"id": 1, "split": "test", "path": self.adapters}
        single = [{"id": 2 + i, "split": "test", "path": [path]} for i, path in enumerate(self.adapters)]
        answers, _ = self.run_worker(several, *single)
        self.assertEqual(answers[1]["value"], [answer["value"][0] for answer in answers[2:]])
        self.assertEqual(answers[1]["losses"], [answer["losses"][0] for answer in answers[2:]])
        self.assertEqual(len(answers[1]["losses"][0]), 100)

    def test_what_is_wrong_is_an_answer_and_the_next_request_is_answered(self):
        good = {"id": 99, "split": "test", "path": self.adapters[:1]}
        garbage = self.path("garbage.safetensors")
        with open(garbage, "wb") as file:
            file.write(b"\xff" * 20)
        wrong = [
            {"id": 1, "split": "training", "path": self.adapters[:1]}, {"id": 2, "split": ["test"], "path": ["a"]},
            {"id": 3, "split": "test"}, {"id": 4, "split": "test", "path": []}, {"id": 5, "split": "test", "path": [7]},
            {"id": 6, "split": "test", "path": "a"}, {"id": 7, "split": "test", "path": [self.path("missing")]},
            {"id": 8, "split": "test", "path": [garbage]}, {"id": 9, "split": "test", "coefficients": [[1, 0, 0, 0]]},
            {"id": 10, "split": "test", "path": [self.write(product(self.adapters, [0.25] * 4))]},
        ]
        answers, ended = self.run_worker(*wrong, "not JSON", "[1]", good)
        self.assertEqual(ended.returncode, 0, ended.stderr)
        for number, answer in zip([*range(1, 11), None, None], answers[1:]):
            self.assertEqual(answer["id"], number)
            self.assertEqual(set(answer), {"id", "error"})
            self.assertTrue(answer["error"])
        self.assertEqual(answers[-1]["id"], 99)
        self.assertIn("value", answers[-1])

    def test_scores_that_are_no_numbers_have_no_value(self):
        tensors = combined(self.adapters, [math.nan, 0, 0, 0])
        answers, _ = self.run_worker({"id": 1, "split": "test", "path": [self.write(tensors), self.adapters[0]]})
        self.assertIsNone(answers[1]["value"][0])
        self.assertEqual(answers[1]["losses"][0], [None] * 100)
        self.assertIsNotNone(answers[1]["value"][1])

    def test_nothing_but_answers_on_standard_output(self):
        noisy = (
            "import os, stub, worker\n"
            "quiet = stub.StubModel.losses\n"
            "def losses(model, task):\n"
            "    print('noise')\n"
            "    os.write(1, b'noise')\n"
            "    return quiet(model, task)\n"
            "stub.StubModel.losses = losses\n"
            "worker.main()\n")
        request = {"id": 1, "split": "validation", "path": self.adapters[:1]}
        answers, ended = self.run_worker(request, program=("-c", noisy))
        self.assertEqual([answer.get("id") for answer in answers], [None, 1])
        self.assertEqual(ended.stderr.count("noise"), 2)

    def test_a_model_that_fails_once_answers_afterwards(self):
        class Failing(stub.StubModel):
            calls = 0

            def losses(self, task):
                Failing.calls += 1
                if Failing.calls == 1:
                    raise MemoryError("out of memory")
                return super().losses(task)

        model = Failing(shared_config(self.adapters))
        parts = {"validation": model.prepare(read_questions(self.path("validation.jsonl")))}
        line = json.dumps({"id": 1, "split": "validation", "path": self.adapters[:1]})
        said = []
        worker.serve(model, parts, [line, line], said.append)
        self.assertEqual(said[0], {"id": 1, "error": "out of memory"})
        self.assertIn("value", said[1])

    def test_a_task_that_does_not_fit_ends_with_a_sentence(self):
        for task in [{"examples": 49}, {"merge": "average"}, {"experts": [self.path("missing/adapter_model.safetensors")]}]:
            answers, ended = self.run_worker(task=task)
            self.assertEqual(answers, [])
            self.assertEqual(ended.returncode, 1)
            self.assertTrue(ended.stderr.startswith("worker.py: "), ended.stderr)
            self.assertEqual(ended.stderr.count("\n"), 1)


class Merges(WithExample):
    def change(self, merge, path):
        config = merged_config(shared_config(self.adapters), merge, len(self.adapters))
        model = stub.StubModel(config)
        model.put(path)
        return [weight for row in model.change for weight in row]

    def assert_close(self, found, expected):
        for one, other in zip(found, expected):
            self.assertAlmostEqual(one, other, delta=1e-5)

    def test_one_adapter_alone_is_itself_in_both_merges(self):
        for number, adapter in enumerate(self.adapters):
            unit = [float(other == number) for other in range(4)]
            alone = self.change("linear", adapter)
            self.assert_close(self.change("linear", self.write(combined(self.adapters, unit))), alone)
            self.assert_close(self.change("lora-product", self.write(product(self.adapters, unit))), alone)

    def test_a_product_merge_adds_up_the_changes_whatever_scales_them(self):
        coefficients = [0.7, -0.4, 0.5, 0.2]
        for rslora in [False, True]:
            for adapter in self.adapters:
                self.change_config(adapter, use_rslora=rslora)
            changes = [self.change("linear", adapter) for adapter in self.adapters]
            sums = [math.fsum(c * w for c, w in zip(coefficients, weights)) for weights in zip(*changes)]
            self.assert_close(self.change("lora-product", self.write(product(self.adapters, coefficients))), sums)
            # A linear merge has products of A and B of different adapters, too.
            linear = self.change("linear", self.write(combined(self.adapters, coefficients)))
            self.assertGreater(max(abs(one - other) for one, other in zip(linear, sums)), 0.1)

    def test_a_mixture_answers_more_than_any_adapter(self):
        # As loud as each other.
        even = product(self.adapters, [8 / 15, 4 / 15, 2 / 15, 1 / 15])
        request = {"id": 1, "split": "test", "path": [self.write(even)]}
        answers, _ = self.run_worker(request, task={"merge": "lora-product"})
        singles, _ = self.run_worker({"id": 1, "split": "test", "path": self.adapters})
        self.assertLess(answers[1]["value"][0], min(singles[1]["value"]) / 2)


class Configurations(WithExample):
    def test_the_scale_stays_for_every_module(self):
        config = {
            "r": 8, "lora_alpha": 16, "rank_pattern": {"q_proj": 4}, "alpha_pattern": {"q_proj": 32, "v_proj": 8}}
        merged = merged_config(config, "lora-product", 5)
        self.assertEqual(merged["r"], 40)
        self.assertEqual(merged["lora_alpha"] / merged["r"], 16 / 8)
        self.assertEqual(merged["alpha_pattern"]["q_proj"] / merged["rank_pattern"]["q_proj"], 32 / 4)
        self.assertEqual(merged["alpha_pattern"]["v_proj"] / merged["r"], 8 / 8)
        merged = merged_config({**config, "use_rslora": True}, "lora-product", 5)
        self.assertAlmostEqual(merged["lora_alpha"] / math.sqrt(merged["r"]), 16 / math.sqrt(8))

    def test_a_linear_merge_has_the_configuration_of_an_adapter(self):
        config = shared_config(self.adapters)
        self.assertEqual(merged_config(config, "linear", 4), config)

    def test_adapters_of_other_scales_ranks_or_modules_are_refused(self):
        for changes in [{"lora_alpha": 8}, {"r": 4}, {"target_modules": ["other"]}, {"use_rslora": True}]:
            adapter = stub.write_example(self.folder)[2]
            self.change_config(adapter, **changes)
            with self.assertRaisesRegex(ValueError, next(iter(changes))):
                shared_config(self.adapters)

    def test_what_does_not_count_may_differ(self):
        self.change_config(self.adapters[1], base_model_name_or_path="elsewhere", use_rslora=False, rank_pattern={})
        shared_config(self.adapters)

    def test_products_of_weight_decomposed_adapters_are_refused(self):
        with self.assertRaises(ValueError):
            merged_config({"r": 8, "lora_alpha": 8, "use_dora": True}, "lora-product", 2)


class Questions(WithExample):
    def test_the_line_that_is_no_question_is_named(self):
        good = '{"prompt": "1 + 1 = ", "options": ["2", "3"], "answer": 0}'
        for wrong in [
            "{", "[]", '{"prompt": "", "answer": "a"}', '{"prompt": "a"}', '{"prompt": "a", "answer": " "}',
            '{"prompt": "a", "options": ["b"], "answer": 0}', '{"prompt": "a", "options": ["b", "c"], "answer": 2}',
            '{"prompt": "a", "options": ["b", "c"], "answer": true}', '{"prompt": "a", "answer": "b", "extra": 1}',
            '{"prompt": "a", "options": ["b", 3], "answer": 0}',
        ]:
            with open(self.path("bad.jsonl"), "w", encoding="utf-8") as file:
                file.write(f"{good}\n\n{wrong}\n")
            with self.assertRaisesRegex(ValueError, "bad.jsonl:3: "):
                read_questions(self.path("bad.jsonl"))

    def test_a_file_without_questions_is_refused(self):
        open(self.path("empty.jsonl"), "w", encoding="utf-8").close()
        with self.assertRaisesRegex(ValueError, "no questions"):
            read_questions(self.path("empty.jsonl"))


class Files(unittest.TestCase):
    def test_all_are_Python(self):
        with tempfile.TemporaryDirectory() as folder:
            for name in sorted(os.listdir(HERE)):
                if name.endswith(".py"):
                    py_compile.compile(os.path.join(HERE, name), cfile=os.path.join(folder, name), doraise=True)

    def test_nothing_but_the_model_needs_packages(self):
        # Only what comes with Python: -I and -S leave out every installed package.
        code = f"import sys; sys.path.insert(0, {HERE!r}); sys.dont_write_bytecode = True; import worker, stub, language_model"
        subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, timeout=60)


if __name__ == "__main__":
    unittest.main()
