"""Writes small tokenizers in Hugging Face's format and what their library counts, for the tests.

    pip install tiktoken==0.14.0 tokenizers==0.23.2
    python tokens/src/generate/python/golden_huggingface.py tokens/src/test/resources/dev/tunebeam/tokens

tokenizer-NAME.json.gz       a tokenizer of each kind, trained on the strings of golden.py
golden-huggingface.jsonl.gz  strings with their counts by all tokenizers, in the order of NAMES
"""

import json
import random
import sys

import golden
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers
from tokenizers.pre_tokenizers import ByteLevel, Digits, Sequence, Split

CONTRACTION = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
CL100K = CONTRACTION + r"|[^\r\n\p{L}\p{N}]?\p{L}+|%s| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
O200K = (
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+%s"
    r"|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*%s"
    r"|%s| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
STEPS = (
    r"[!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^\r\n\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"
    r"| ?[\p{P}\p{S}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
TO_BYTES = ByteLevel(add_prefix_space=False, use_regex=False)


def split(pattern):
    return Sequence([Split(Regex(pattern), "isolated"), TO_BYTES])


PRE_TOKENIZERS = {
    "gpt2": ByteLevel(add_prefix_space=True),
    "llama3": split(CL100K % r"\p{N}{1,3}"),
    "qwen": split(CL100K % r"\p{N}"),
    "o200k": split(O200K % (CONTRACTION + "?", CONTRACTION + "?", r"\p{N}{1,3}")),
    "tekken": split(O200K % ("", "", r"\p{N}")),
    "steps": Sequence(
        [Split(Regex(r"\p{N}{1,3}"), "isolated"), Split(Regex("[一-龥぀-ゟ゠-ヿ]+"), "isolated"), Split("--", "isolated"), Split(Regex(STEPS), "isolated"), TO_BYTES]
    ),
    "removed": Sequence([Split(Regex(r"\S+|[^\S\n]+"), "removed", invert=True), Digits(individual_digits=True), ByteLevel(add_prefix_space=False)]),
}
NAMES = list(PRE_TOKENIZERS)
ADDED = [" <tool_call>", "x<tool_call>y", "a  <left>  b", "a  <right>  b", "<|im_start|>user\n", "<both>\n <both>", "<tool_call><|im_end|><left>", "cafe\u0301 é <n\u00e9>", "<ne\u0301>"]


def texts():
    everything = list(golden.strings(random.Random(15)))
    rng = random.Random(16)
    for _ in range(200):
        yield "".join(rng.choice(ADDED + golden.WORDS) + rng.choice(["", " ", "\n"]) for _ in range(rng.randrange(1, 8)))
    yield from everything[::3]


def train(name):
    tokenizer = Tokenizer(models.BPE(ignore_merges=name == "llama3"))
    tokenizer.pre_tokenizer = PRE_TOKENIZERS[name]
    tokenizer.decoder = decoders.ByteLevel()
    if name == "qwen":
        tokenizer.normalizer = normalizers.NFC()
    trainer = trainers.BpeTrainer(vocab_size=1000, initial_alphabet=ByteLevel.alphabet(), special_tokens=["<|endoftext|>"], show_progress=False)
    tokenizer.train_from_iterator([t for t in texts() if len(t) < 500], trainer)
    tokenizer.add_special_tokens(["<|im_start|>", "<|im_end|>"])
    if name in ("qwen", "steps"):
        tokenizer.add_tokens(
            [
                AddedToken("<tool_call>", normalized=False),
                AddedToken("<left>", lstrip=True, normalized=False),
                AddedToken("<right>", rstrip=True, normalized=False),
                AddedToken("<both>", lstrip=True, rstrip=True, normalized=False),
                AddedToken("<né>", normalized=True),
            ]
        )
    # Special tokens in a text count as ordinary text.
    tokenizer.encode_special_tokens = True
    return tokenizer


def count(tokenizer, text):
    return len(tokenizer.encode(text, add_special_tokens=False).ids)


def main(folder):
    tokenizers = [train(name) for name in NAMES]
    for name, tokenizer in zip(NAMES, tokenizers):
        golden.write(folder + "/tokenizer-%s.json.gz" % name, [tokenizer.to_str()])
    golden.write(
        folder + "/golden-huggingface.jsonl.gz",
        (json.dumps({"text": t, "tokens": [count(k, t) for k in tokenizers]}) for t in texts()),
    )


if __name__ == "__main__":
    main(sys.argv[1])
