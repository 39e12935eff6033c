#!/usr/bin/env python3
"""What --previous costs: processor time and peak resident memory of a corpus that grows every night.

usage: benchmarks/nightly.py [--rows=1000000] [--until=2000000] [--nights=3] [--pairs=3]

Each night the rows are prepared with --previous and without, alternately; then the sides of all prompts are compared
with those of the night before. WORK is the folder for rows and datasets, benchmarks/target/nightly.
"""

import argparse
import json
import os
import pathlib
import random
import shutil
import statistics
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
CLASSES = 20
WORDS = "invoice order parcel login price refund account address delivery card".split()


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--until", type=int, default=2_000_000)
    parser.add_argument("--nights", type=int, default=3)
    parser.add_argument("--pairs", type=int, default=3)
    arguments = parser.parse_args()
    work = pathlib.Path(os.environ.get("WORK", HERE / "target" / "nightly"))
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run([HERE.parent / "tunebeam", "--version"], check=True)
    step = (arguments.until - arguments.rows) // max(1, arguments.nights - 1)
    before = None
    print("rows      without CPU s  MiB    with CPU s  MiB    CPU    moved")
    for night in range(arguments.nights):
        rows = arguments.rows + night * step
        file = rows_file(work, rows)
        dataset = work / f"night-{night}"
        runs = {False: [], True: []}
        for _ in range(arguments.pairs):
            runs[False].append(prepare(file, work / "alone", None))
            if before:
                runs[True].append(prepare(file, dataset, before))
        if not before:
            shutil.rmtree(dataset, ignore_errors=True)
            os.rename(work / "alone", dataset)
        alone = median(runs[False])
        line = f"{rows:<9,} {alone[0]:>12.1f} {alone[1]:>6.0f}"
        if before:
            kept = median(runs[True])
            line += f" {kept[0]:>11.1f} {kept[1]:>6.0f} {kept[0] / alone[0] - 1:>+6.1%} {moved(before, dataset):>6}"
            shutil.rmtree(before)
        print(line, flush=True)
        before = dataset


def rows_file(work, rows):
    file = work / f"rows-{rows}.jsonl"
    if not file.exists():
        with open(work / "new", "w") as out:
            for i in range(rows):
                r = random.Random(i)
                text = " ".join(r.choices(WORDS, k=30))
                out.write(json.dumps({"prompt": f"{i}: {text}", "completion": f"class {i % CLASSES}"}) + "\n")
        os.rename(work / "new", file)
    return file


def prepare(file, output, previous):
    """Processor seconds and MiB resident."""
    command = [HERE.parent / "tunebeam", "prepare", f"--input={file}", f"--output={output}", "--overwrite", "--quiet"]
    process = subprocess.Popen(
        command + ([f"--previous={previous}"] if previous else []),
        stdout=subprocess.DEVNULL,
        env={**os.environ, "TUNEBEAM_OPTS": "-Xmx2g"},
    )
    _, status, usage = os.wait4(process.pid, 0)
    assert status == 0, status
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def median(runs):
    return [statistics.median(figures) for figures in zip(*runs)]


def moved(before, after):
    """Prompts that are on another side than the night before."""
    held = set(prompts(before, "validation"))
    now = set(prompts(after, "validation"))
    lost = sum(1 for prompt in prompts(after, "train") if prompt in held)
    return lost + sum(1 for prompt in prompts(before, "train") if prompt in now)


def prompts(dataset, split):
    for file in sorted(dataset.glob(f"{split}-*.jsonl")):
        with open(file) as lines:
            for line in lines:
                row = json.loads(line)
                yield row["prompt"] if "prompt" in row else row["messages"][0]["content"]


main()
