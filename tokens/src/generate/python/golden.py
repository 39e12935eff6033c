"""Writes what tiktoken counts, for the tests of package tokens.

    pip install tiktoken==0.14.0
    python tokens/src/generate/python/golden.py tokens/src/test/resources/dev/tunebeam/tokens

tiktoken fetches its rank files, or finds them in TIKTOKEN_CACHE_DIR under the SHA-1 of their URL.
The two files hold the counts for r50k_base, p50k_base, cl100k_base, o200k_base, in that order:

golden.jsonl.gz       strings of many kinds with their counts, made from a fixed seed
code-points.jsonl.gz  for every context and block of code points the CRC-32 of the counts (a byte
                      each) of the context with X replaced by each code point of the block
"""

import gzip
import json
import random
import sys
import zlib

import tiktoken

ENCODINGS = [tiktoken.get_encoding(n) for n in ("r50k_base", "p50k_base", "cl100k_base", "o200k_base")]
CONTEXTS = ["X", "aXb", " X", "X's", "'X", "1X1", "\nX ", "AXAb"]
BLOCK = 0x1000

WORDS = """the of and to in is that for it as was with be by on not he his but at are this have from or had
an they which one you were her all she there would their we him been has when who will more no if out so said
what up its about into than them can only other new some could time these two may then do first any my now such
like our over man me even most made after also did many before must through back years where much your way well
down should because each just those people how too little state good very make world still own see men work long
get here between both life being under never day same another know while last might us great old year off come
since against go came right used take three tokens encoding tokenizer fine-tuning dataset café naïve Straße Ünïcödé
don't WON'T it's I'M we've they're you'LL he'd OLD'S camelCase HTTPServer XMLHttpRequest snake_case SCREAMING_CASE
iPhone McDonald O'Neill e-mail http://example.org/a?b=c&d=1 user@example.org C:\\\\Users\\\\x /usr/share/doc""".split()
FOREIGN = """Быстрая коричневая лиса прыгает через ленивую собаку Η γρήγορη αλεπού πηδάει πάνω από το τεμπέλικο σκυλί
الثعلب البني السريع يقفز فوق الكلب الكسول השועל החום המהיר קופץ מעל הכלב तेज़ भूरी लोमड़ी आलसी कुत्ते के ऊपर कूदती है
จิ้งจอกสีน้ำตาลกระโดดข้ามสุนัขขี้เกียจ 敏捷的棕色狐狸跳过了懒狗。 素早い茶色の狐がのろまな犬を飛び越える。 빠른 갈색 여우가 게으른 개를 뛰어넘는다
nhanh nhẹn nhảy qua con chó Hızlı kahverengi tilki tembel köpeğin üzerinden atlar ŻÓŁTY żółw ǅ ǅungla ﬁne ſtraſse İstanbul
ქართული ენა հայերեն լեզու አማርኛ ភាសាខ្មែរ বাংলা தமிழ் 漢字かな交じり文 １２３ ٣٤٥ ⅷ ½""".split()
CODE = """def f(x):\n    return {k: v for k, v in x.items() if v != None}\n
public static void main(String[] args) {\n\tSystem.out.println("Hello, \\u00e9!");\r\n}\n
SELECT a.*, COUNT(*) FROM t AS a WHERE a.x >= 10.5e-3 AND b LIKE '%foo_';\n
<div class="a b">&nbsp;text</div><!-- comment -->\n
for (int i = 0; i < 100000; ++i) { a[i] ^= (b[i] << 3) | 0xDEADBEEF; }  // why?\n
{"messages": [{"role": "user", "content": "What's up?"}], "n": null, "t": [1, 22, 333, 4444, 55555]}\n
$ ls -la ~/foo/../bar | grep -E '^[a-z]+$' > /dev/null 2>&1 && echo "ok" || exit 1\n
#include <stdio.h>\n/* ----------------------- *//////\n\n\n        if (a) return;\n""".split("\n\n")
SPACES = [" ", "  ", "   ", "\n", "\n\n", "\r\n", "\t", " \n", "\n ", " \n \n", "\u00a0", "\u3000", "\u2028", "\x85", "\x0b"]
SPECIAL = ["<|endoftext|>", "<|fim_prefix|>", "<|im_start|>", "<|endofprompt|>", "<|start|>assistant<|channel|>final"]


def character(rng):
    while True:
        high = rng.choice([0x80, 0x300, 0x800, 0x3000, 0x10000, 0x20000, 0x110000])
        c = rng.randrange(high)
        if not 0xD800 <= c <= 0xDFFF:
            return chr(c)


def strings(rng):
    """Yields a text at a time."""
    for c in SPECIAL + CODE + WORDS + FOREIGN:
        yield c
    for _ in range(500):
        yield "".join(rng.choice(WORDS) + rng.choice([" ", " ", " ", ", ", ". ", "\n"]) for _ in range(rng.randrange(1, 60)))
    for _ in range(400):
        yield rng.choice([" ", ""]).join(rng.choice(FOREIGN) for _ in range(rng.randrange(1, 20)))
    for _ in range(200):
        code = "\n".join(rng.choice(CODE) for _ in range(rng.randrange(1, 4)))
        at = rng.randrange(len(code))
        yield code[at : at + rng.randrange(1, 200)]
    for _ in range(600):
        yield "".join(rng.choice([rng.choice(SPACES), rng.choice(SPACES), rng.choice(WORDS), rng.choice("'!/.-_1\u0301\u0904")]) for _ in range(rng.randrange(1, 12)))
    for _ in range(800):
        yield "".join(character(rng) for _ in range(rng.randrange(1, 12)))
    for _ in range(400):
        yield "".join(rng.choice([character(rng), rng.choice("aAsSlLtT'"), rng.choice(WORDS)]) for _ in range(rng.randrange(1, 12)))
    for _ in range(400):
        yield "".join(rng.choice("aBsſLlVeErRtTdDmM'' \u01c5\u02b0\u4e00\u0301") for _ in range(rng.randrange(1, 14)))
    for unit in ["a", "A", "ab", "=", "-", "0", "\n", "\t", "語", "한", "é", "🙂", "ʰA", "'s", "ก", "/", "\u0301", "Z"]:
        for n in (2, 3, 7, 16, 17, 33, 100, 257, 1000):
            yield unit * n
    for n in (1, 2, 3, 15, 16, 31, 64, 80, 81, 82, 127, 128, 129, 300):
        yield " " * n
        yield " " * n + "x"
        yield "x" + " " * n + "\n" + " " * n + "!"
    for _ in range(60):
        yield "".join(rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") for _ in range(rng.randrange(20, 800)))
        yield "".join(chr(rng.randrange(0x4E00, 0x9FA6)) for _ in range(rng.randrange(5, 300)))
        yield "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randrange(20, 500)))


def count(encoding, text):
    return len(encoding.encode_ordinary(text))


def crc(encoding, context, block):
    counts = bytearray()
    for c in range(block, block + BLOCK):
        # A lone surrogate counts as the replacement character.
        x = "\ufffd" if 0xD800 <= c <= 0xDFFF else chr(c)
        counts.append(count(encoding, context.replace("X", x)))
    return "%08x" % zlib.crc32(bytes(counts))


def write(path, lines):
    # No time stamp: the same file each time.
    with open(path, "wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as out:
        for line in lines:
            out.write((line + "\n").encode("utf-8"))


def main(folder):
    rng = random.Random(14)
    write(
        folder + "/golden.jsonl.gz",
        (json.dumps({"text": t, "tokens": [count(e, t) for e in ENCODINGS]}) for t in strings(rng)),
    )
    lines = []
    for context in CONTEXTS:
        for block in range(0, 0x110000, BLOCK):
            # Nothing is assigned in the other planes but private use, which is all alike.
            if context == "X" or block < 0x40000 or block >> 16 == 14:
                lines.append(json.dumps([context, block] + [crc(e, context, block) for e in ENCODINGS]))
    write(folder + "/code-points.jsonl.gz", lines)


if __name__ == "__main__":
    main(sys.argv[1])
