"""A causal language model with one LoRA adapter, whose tensors can be exchanged.

Needs torch, transformers, peft and safetensors; they are imported when a model is made, so that all else works without.
"""

import os
import sys
from typing import NamedTuple, Tuple


class Text(NamedTuple):
    """A prompt with one of its options, as tokens; those of the option begin at `start`."""

    question: int
    option: int
    tokens: Tuple[int, ...]
    start: int


class Task(NamedTuple):
    """Questions, the texts of those with options, the longest first, and the numbers of those without."""

    questions: list
    texts: list
    open: list


class LanguageModel:
    """Chooses the option of the largest log-likelihood, and writes greedily where there are no options."""

    def __init__(self, base, config, dtype, device, batch_size, new_tokens):
        # Without it cuBLAS may add up in another order every time.
        os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
        import torch
        from peft import PeftConfig, get_peft_model, get_peft_model_state_dict
        from safetensors import SafetensorError
        from safetensors.torch import load_file
        from transformers import AutoModelForCausalLM, AutoTokenizer

        torch.manual_seed(0)
        torch.use_deterministic_algorithms(True, warn_only=True)
        self.torch, self.device = torch, device
        self.read, self.unreadable = load_file, (OSError, SafetensorError)
        self.batch_size, self.new_tokens = batch_size, new_tokens
        self.tokenizer = AutoTokenizer.from_pretrained(base)
        if self.tokenizer.pad_token is None:
            self.tokenizer.pad_token = self.tokenizer.eos_token
        model = AutoModelForCausalLM.from_pretrained(base, dtype=getattr(torch, dtype)).to(device)
        adapter = PeftConfig.from_peft_type(**{**config, "inference_mode": True, "lora_dropout": 0.0})
        # The adapter has the base's numbers, as it would once it is merged into the base.
        self.model = get_peft_model(model, adapter, autocast_adapter_dtype=False).eval()
        # By the names of the files; they share the model's memory.
        self.tensors = get_peft_model_state_dict(self.model, save_embedding_layers=False)

    def put(self, path):
        """Copies the tensors of an adapter's file into the model. ValueError unless it has exactly the model's."""
        try:
            found = self.read(path)
        except self.unreadable as error:
            raise ValueError(f"{path}: {error}") from None
        odd = sorted(found.keys() ^ self.tensors.keys())
        if odd:
            raise ValueError(f"{path}: {'lacks' if odd[0] in self.tensors else 'has'} {odd[0]}, unlike the model")
        for name, tensor in found.items():
            if tensor.shape != self.tensors[name].shape:
                raise ValueError(f"{path}: {name} is {list(tensor.shape)}, not {list(self.tensors[name].shape)}")
        with self.torch.no_grad():
            for name, tensor in found.items():
                self.tensors[name].copy_(tensor)

    def prepare(self, questions):
        """Tokens of all texts. ValueError for an option without tokens of its own."""
        texts = []
        for number, question in enumerate(questions):
            if question.options:
                start = len(self.tokenizer(question.prompt).input_ids)
                for index, option in enumerate(question.options):
                    tokens = tuple(self.tokenizer(question.prompt + option).input_ids)
                    if not 0 < start < len(tokens):
                        raise ValueError(f"{question.prompt[-30:]!r} + {option!r}: the blank belongs to the option")
                    texts.append(Text(number, index, tokens, start))
        # Alike lengths share a batch, and if the memory does not suffice, that is seen at once.
        texts.sort(key=lambda text: len(text.tokens), reverse=True)
        return Task(questions, texts, [number for number, question in enumerate(questions) if not question.options])

    def losses(self, task):
        """1 for a question that is answered wrongly, else 0; None for all if a likelihood is no number."""
        try:
            with self.torch.inference_mode():
                scores, written = self.scores(task), self.written(task)
        except self.torch.OutOfMemoryError:
            scores = written = None
        except self.torch.AcceleratorError as error:
            # This process has lost its device. Knee starts another one, which has it again.
            sys.exit(f"the device failed: {error}")
        if scores is None:
            # Outside of the handler, whose traceback holds what is to be freed.
            self.torch.cuda.empty_cache()
            raise MemoryError(f"out of memory: --batch-size {self.batch_size} is too large")
        if any(score != score for options in scores.values() for score in options):
            return [None] * len(task.questions)
        losses = []
        for number, question in enumerate(task.questions):
            options = scores.get(number)
            given = options.index(max(options)) if options else written[number]
            losses.append(int(given != question.answer))
        return losses

    def scores(self, task):
        """Of every question with options, the log-likelihood of each after the prompt, summed over its tokens."""
        torch, scores = self.torch, {}
        for batch in self.batches(task.texts):
            longest = max(len(text.tokens) for text in batch)
            # Padded on the right, where a causal model does not look from.
            tokens = torch.full((len(batch), longest), self.tokenizer.pad_token_id)
            mask = torch.zeros_like(tokens)
            for row, text in enumerate(batch):
                tokens[row, :len(text.tokens)] = torch.tensor(text.tokens)
                mask[row, :len(text.tokens)] = 1
            tokens, mask = tokens.to(self.device), mask.to(self.device)
            # Logits of a whole prompt would take gigabytes: only those that foretell an option's tokens.
            first = min(text.start for text in batch) - 1
            kept = torch.arange(first, longest - 1, device=self.device)
            logits = self.model(input_ids=tokens, attention_mask=mask, logits_to_keep=kept, use_cache=False).logits
            likelihoods = torch.log_softmax(logits.float(), dim=-1)
            likelihoods = likelihoods.gather(2, tokens[:, first + 1:, None])[:, :, 0].cpu()
            for row, text in enumerate(batch):
                own = likelihoods[row, text.start - 1 - first:len(text.tokens) - 1 - first]
                options = scores.setdefault(text.question, [0.0] * len(task.questions[text.question].options))
                options[text.option] = own.double().sum().item()
        return scores

    def written(self, task):
        """Of every question without options, the first line of what the model writes."""
        written = {}
        for batch in self.batches(task.open):
            # Padded on the left: what is written begins where all prompts end.
            prompts = self.tokenizer(
                [task.questions[number].prompt for number in batch], padding=True, padding_side="left",
                return_tensors="pt").to(self.device)
            tokens = self.model.generate(
                input_ids=prompts.input_ids, attention_mask=prompts.attention_mask, max_new_tokens=self.new_tokens,
                do_sample=False, num_beams=1, repetition_penalty=1.0, temperature=None, top_p=None, top_k=None,
                pad_token_id=self.tokenizer.pad_token_id)
            answers = self.tokenizer.batch_decode(tokens[:, prompts.input_ids.shape[1]:], skip_special_tokens=True)
            for number, answer in zip(batch, answers):
                written[number] = (answer.strip().splitlines() or [""])[0].strip()
        return written

    def batches(self, items):
        return (items[start:start + self.batch_size] for start in range(0, len(items), self.batch_size))
