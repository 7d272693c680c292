"""A model's shape without its weights, for timing: config, processor settings, tokenizer and chat template in a folder.

    VLLM/bin/python vllm_script/shapes.py qwen2.5-vl-3b build/shapes/qwen2.5-vl-3b
    python vllm_script/serve.py qwen2.5-vl-3b --set model=build/shapes/qwen2.5-vl-3b --set flags.load-format=dummy

Runs in vLLM's environment, whose `tokenizers` it needs. The shape is the true one: layers, vocabulary, the number of
tokens of a picture. The tokenizer is a stand-in, trained on this repository's prompts and tasks: their words take about
as many tokens as with a real one, not exactly as many. What such a model says is noise: fix the length of its replies
(bench_speed.py --output_tokens). Where the model hub can be reached, prefer its own config and tokenizer:
`hf download MODEL --include '*.json' '*.txt' '*.jinja'`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import yaml

SHAPES_FILE: Final = Path(__file__).with_name("shapes.yaml")
ROOT: Final = Path(__file__).parents[1]
CORPUS: Final = ("phonebench/agent/prompts/*.md", "tasks/**/*.yaml", "README.md", "docs/*.md")
LEARNT: Final = 4000
"""Most tokens learnt from the corpus; the rest of the vocabulary is filled with words that no text contains."""


def shape_names(path: Path = SHAPES_FILE) -> list[str]:
    """Presets whose shape is known."""
    return list(yaml.safe_load(path.read_text("utf-8"))["shapes"])


def write_shape(name: str, folder: Path, path: Path = SHAPES_FILE) -> None:
    """Writes the folder; raises KeyError for an unknown name and ImportError without `tokenizers`."""
    raw = yaml.safe_load(path.read_text("utf-8"))
    shape = raw["shapes"][name]
    family, config = raw["families"][shape["family"]], shape["config"]
    size = config["text_config"]["vocab_size"]
    folder.mkdir(parents=True, exist_ok=True)
    numbers = _write_tokenizer(folder / "tokenizer.json", family["special"], size)
    ids = {key: numbers[token] for key, token in family["tokens"].items()}
    ends = {"bos_token_id": numbers[family["pad"]], "eos_token_id": numbers[family["end"]]}
    text = {**config["text_config"], **ends}
    _write(folder / "config.json", {**config, **ids, **ends, "text_config": text})
    _write(folder / "generation_config.json", {**ends, "pad_token_id": numbers[family["pad"]]})
    _write(folder / "preprocessor_config.json", family["processor"])
    _write(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "eos_token": family["end"],
            "pad_token": family["pad"],
            "additional_special_tokens": family["special"],
            "model_max_length": config["text_config"]["max_position_embeddings"],
        },
    )
    (folder / "chat_template.jinja").write_text(_template(family["turn"], family["picture"]), "utf-8")


def _write_tokenizer(path: Path, special: Sequence[str], size: int) -> Mapping[str, int]:
    """Byte-level BPE of exactly `size` tokens, so that every token that random weights choose is a text."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

    learner = Tokenizer(models.BPE())
    learner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    learnt = min(LEARNT, size - len(special))
    trainer = trainers.BpeTrainer(
        vocab_size=learnt, initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()), show_progress=False
    )
    learner.train_from_iterator(_corpus(), trainer)
    model = json.loads(learner.to_str())["model"]
    vocabulary: dict[str, int] = dict(model["vocab"])
    for number in range(len(vocabulary), size - len(special)):
        vocabulary[f"~{number}~"] = number
    merges = [tuple(merge.split(" ")) if isinstance(merge, str) else tuple(merge) for merge in model["merges"]]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in special])
    tokenizer.save(str(path))
    return {token: tokenizer.token_to_id(token) for token in special}


def _corpus() -> Iterator[str]:
    for pattern in CORPUS:
        for path in sorted(ROOT.glob(pattern)):
            yield path.read_text("utf-8")


def _template(turn: Mapping[str, str], picture: str) -> str:
    """A chat template (Jinja) with the family's marks around each turn and each picture."""
    named = turn.get("named", "")
    return (
        "{% for m in messages %}" + turn["before"] + "{{ m['role'] }}" + named + "\n"
        "{% if m['content'] is string %}{{ m['content'] }}{% else %}{% for c in m['content'] %}"
        "{% if c['type'] in ['image', 'image_url'] %}" + picture + "{% else %}{{ c['text'] }}{% endif %}"
        "{% endfor %}{% endif %}" + turn["after"] + "{% endfor %}"
        "{% if add_generation_prompt %}" + turn["answer"] + "{% endif %}"
    )


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", "utf-8")


def main(argv: list[str] | None = None) -> int:
    """The command line. Exit code 2 for an unknown name, or without vLLM's packages."""
    parser = argparse.ArgumentParser(prog="shapes.py", description="Write a model's shape without its weights.")
    parser.add_argument("name", help="one of: " + ", ".join(shape_names()))
    parser.add_argument("folder", type=Path)
    args = parser.parse_args(argv)
    try:
        write_shape(args.name, args.folder)
    except KeyError:
        print(f"no shape {args.name!r}\n    known: {', '.join(shape_names())}", file=sys.stderr)
        return 2
    except ImportError:
        print(
            "the package tokenizers is missing\n    next: run this with vLLM's Python, e.g. ~/vllm/bin/python",
            file=sys.stderr,
        )
        return 2
    print(f"{args.folder}: serve it with --set model={args.folder} --set flags.load-format=dummy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
