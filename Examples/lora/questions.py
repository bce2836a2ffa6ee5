"""The questions of a task, read from a file of JSON lines."""

import json
from typing import NamedTuple, Optional, Tuple, Union


class Question(NamedTuple):
    """A choice between options, of which number `answer` (from 0) is right, or, without options, a text to be given."""

    prompt: str
    options: Optional[Tuple[str, ...]]
    answer: Union[int, str]


def read_questions(path):
    """All questions of a file, in its order. ValueError names the line that is none."""
    questions = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    questions.append(question(json.loads(line)))
                except ValueError as error:
                    raise ValueError(f"{path}:{number}: {error}") from None
    if not questions:
        raise ValueError(f"{path}: no questions")
    return questions


def question(line):
    if not isinstance(line, dict) or not line.keys() <= {"prompt", "options", "answer"}:
        raise ValueError('a question is {"prompt":..., "options":[...], "answer":...}, or has no options')
    prompt, options, answer = line.get("prompt"), line.get("options"), line.get("answer")
    if not isinstance(prompt, str) or not prompt:
        raise ValueError("a prompt is a text")
    if options is None:
        if not isinstance(answer, str) or not answer.strip():
            raise ValueError("without options the answer is a text")
        return Question(prompt, None, answer.strip())
    if not isinstance(options, list) or len(options) < 2 or not all(isinstance(o, str) and o for o in options):
        raise ValueError("options are two texts or more")
    if type(answer) is not int or not 0 <= answer < len(options):
        raise ValueError("the answer is the number of an option, from 0")
    return Question(prompt, tuple(options), answer)
