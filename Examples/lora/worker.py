"""Evaluates merged LoRA adapters for `knee compose`: the share of questions that the base with the adapter gets wrong.

    knee compose --experts DIR --validation 200 --evaluator 'python3 worker.py --base MODEL --validation FILE --test FILE'

The base is loaded once. An adapter's tensors are copied into it for every request, nothing else is loaded again.
Standard output belongs to the protocol; everything else goes to standard error.
"""

import argparse
import json
import os
import sys
import traceback

from adapters import merged_config, shared_config
from questions import read_questions


def evaluate(model, parts, request):
    """The answer to a request, without its number. ValueError says what is wrong with it."""
    if request.get("split") not in list(parts):
        raise ValueError(f"split is one of {', '.join(parts)}")
    paths = request.get("path")
    if not isinstance(paths, list) or not paths or not all(isinstance(path, str) for path in paths):
        raise ValueError("a request has one path a mixture")
    losses = []
    for path in paths:
        model.put(path)
        losses.append(model.losses(parts[request["split"]]))
    values = [None if None in one else sum(one) / len(one) for one in losses]
    return {"value": values, "losses": losses}


def serve(model, parts, requests, say):
    """Answers every request. Whatever happens to one of them is an answer, too, for the next may do."""
    for line in requests:
        number = None
        try:
            request = json.loads(line)
            if not isinstance(request, dict):
                raise ValueError("a request is an object")
            number = request.get("id")
            say({"id": number, **evaluate(model, parts, request)})
        except Exception as error:
            if not isinstance(error, (ValueError, MemoryError)):
                traceback.print_exc()
            say({"id": number, "error": str(error) or type(error).__name__})


def make_model(arguments, config):
    if arguments.stub:
        from stub import StubModel

        return StubModel(config)
    from language_model import LanguageModel

    return LanguageModel(
        arguments.base, config, dtype=arguments.dtype, device=arguments.device, batch_size=arguments.batch_size,
        new_tokens=arguments.new_tokens)


def start(task, arguments):
    """The model and the prepared questions of both parts."""
    config = merged_config(shared_config(task["experts"]), task["merge"], len(task["experts"]))
    questions = {"validation": read_questions(arguments.validation), "test": read_questions(arguments.test)}
    count = len(questions["validation"])
    if task["examples"] != count:
        raise ValueError(f"{arguments.validation} has {count} questions, not {task['examples']}: --validation {count}")
    model = make_model(arguments, config)
    return model, {part: model.prepare(asked) for part, asked in questions.items()}


def parse(words=None):
    parser = argparse.ArgumentParser(description="Evaluates merged LoRA adapters for knee compose.")
    parser.add_argument("--validation", required=True, metavar="FILE", help="questions to search with, JSON lines")
    parser.add_argument("--test", required=True, metavar="FILE", help="questions for the end, JSON lines")
    parser.add_argument("--base", metavar="MODEL", help="the adapters' base, a folder or a name of the hub")
    parser.add_argument("--dtype", choices=["bfloat16", "float16", "float32"], default="bfloat16", help="(bfloat16)")
    parser.add_argument("--device", default="cuda", help="(cuda)")
    parser.add_argument("--batch-size", type=int, default=16, metavar="N", help="texts at a time (16)")
    parser.add_argument("--new-tokens", type=int, default=32, metavar="N", help="the longest written answer (32)")
    parser.add_argument("--stub", action="store_true", help="a toy instead of a language model, for tests")
    arguments = parser.parse_args(words)
    if arguments.base is None and not arguments.stub:
        parser.error("--base is needed")
    if arguments.batch_size < 1 or arguments.new_tokens < 1:
        parser.error("--batch-size and --new-tokens are at least 1")
    return arguments


def main():
    arguments = parse()
    # What a library prints, in Python or in C, must not come between the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)

    def say(message):
        print(json.dumps(message), file=answers, flush=True)

    requests = sys.stdin.buffer
    try:
        model, parts = start(json.loads(requests.readline()), arguments)
    except (OSError, ValueError) as error:
        sys.exit(f"{os.path.basename(__file__)}: {error}")
    say({"ready": True, "wants": "path"})
    serve(model, parts, requests, say)


if __name__ == "__main__":
    main()
