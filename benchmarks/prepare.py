#!/usr/bin/env python3
"""The prepare command against a pandas script: wall time and peak resident memory.

usage: benchmarks/prepare.py compare [--rows=1000000] [--pairs=3]
       benchmarks/prepare.py scale [--rows=1000000,4000000]
       benchmarks/prepare.py cores [--rows=1000000] [--rounds=3] [--job=prepare|inspect]

compare  runs the pandas script and tunebeam alternately on the same rows and prints the medians
scale    runs tunebeam alone on each number of rows
cores    runs tunebeam on one core and on two, and as the limit of the machine two jobs at once on a core
         each; prints the medians. Linux only

GENERATOR   the script that writes the rows, called as: python3 GENERATOR ROWS FILE
PEER        the script to compare with, called as: python3 PEER FILE FOLDER ENCODING
WORK        folder for rows and datasets, benchmarks/target/prepare; needs about 3 GB for 4M rows
Its method is in benchmarks/prepare.md.
"""

import argparse
import hashlib
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
ENCODING = "o200k_base"
HEAP = {"TUNEBEAM_OPTS": "-Xmx2g"}
# What tiktoken would download, and the name of its copy in the cache: the SHA-1 of this address.
RANKS = f"https://openaipublic.blob.core.windows.net/encodings/{ENCODING}.tiktoken"


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    pairs = commands.add_parser("compare")
    pairs.add_argument("--rows", type=int, default=1_000_000)
    pairs.add_argument("--pairs", type=int, default=3)
    scale = commands.add_parser("scale")
    scale.add_argument("--rows", default="1000000,4000000")
    cores_of = commands.add_parser("cores")
    cores_of.add_argument("--rows", type=int, default=1_000_000)
    cores_of.add_argument("--rounds", type=int, default=3)
    cores_of.add_argument("--job", choices=("prepare", "inspect"), default="prepare")
    arguments = parser.parse_args()

    work = pathlib.Path(os.environ.get("WORK", HERE / "target" / "prepare"))
    work.mkdir(parents=True, exist_ok=True)
    # Builds it, if need be, before anything is timed.
    subprocess.run([HERE.parent / "tunebeam", "--version"], check=True)
    describe_machine()
    if arguments.command == "compare":
        compare(work, arguments.rows, arguments.pairs)
    elif arguments.command == "cores":
        cores(work, arguments.rows, arguments.rounds, arguments.job)
    else:
        for rows in arguments.rows.split(","):
            show("tunebeam", rows, *tunebeam(work, rows_file(work, int(rows))))


def compare(work, rows, pairs):
    file = rows_file(work, rows)
    fill_cache(work)
    runs = {"pandas": [], "tunebeam": []}
    for _ in range(pairs):
        for name, job in (("pandas", pandas), ("tunebeam", tunebeam)):
            seconds, mib = job(work, file)
            runs[name].append((seconds, mib))
            show(name, rows, seconds, mib)
    medians = {
        name: [statistics.median(column) for column in zip(*measured)]
        for name, measured in runs.items()
    }
    for name, (seconds, mib) in medians.items():
        show("median " + name, rows, seconds, mib)
    slow, fast = medians["pandas"], medians["tunebeam"]
    print(f"pandas / tunebeam: time {slow[0] / fast[0]:.2f}, memory {slow[1] / fast[1]:.2f}")


def cores(work, rows, rounds, job):
    """One job on one core, the same on two, and two jobs of one core at once, alternately."""
    file = rows_file(work, rows)
    first, second = sorted(os.sched_getaffinity(0))[:2]
    ways = {"one core": [{first}], "two cores": [{first, second}], "one core each": [{first}, {second}]}
    seconds = {name: [] for name in ways}
    for _ in range(rounds):
        for name, places in ways.items():
            jobs = []
            begin = time.monotonic()
            for number, place in enumerate(places):
                out = work / f"cores-{number}"
                # A new folder each time: the files of a dataset that is replaced are freed too.
                shutil.rmtree(out, ignore_errors=True)
                command = prepare_command(file, out) if job == "prepare" else inspect_command(file)
                jobs.append(start(command, HEAP, work / f"cores-{number}.log", place))
            used = [wait(process, work / f"cores-{number}.log") for number, process in enumerate(jobs)]
            seconds[name].append(time.monotonic() - begin)
            cpu = sum(usage.ru_utime + usage.ru_stime for usage in used)
            print(f"{job} {name:14} {seconds[name][-1]:6.2f} s, CPU {cpu:6.2f} s", flush=True)
    one, two, each = (statistics.median(measured) for measured in seconds.values())
    print(f"median: one core {one:.2f} s, two cores {two:.2f} s, one core each {each:.2f} s")
    print(f"one core / two cores: {one / two:.2f}; the machine: two jobs in {2 * one / each:.2f} times the speed of one")


def prepare_command(file, out):
    # What the pandas script writes: completion lines with a separator and END.
    return [HERE.parent / "tunebeam", "prepare", f"--input={file}", f"--output={out}", "--overwrite",
            "--format=completion", "--task=classification", "--stop= END",
            "--model=gpt-4.1-mini-2025-04-14", "--quiet"]


def inspect_command(file):
    return [HERE.parent / "tunebeam", "inspect", f"--input={file}"]


def tunebeam(work, file):
    out = work / "tunebeam"
    measured = measure(prepare_command(file, out), HEAP, work / "tunebeam.log")
    manifest = json.loads((out / "manifest.json").read_text())
    written, tokens = ((part["train"] + part["validation"]) for part in (manifest["rows"], manifest["tokens"]))
    print(f"  {written} rows, {tokens} tokens")
    return measured


def pandas(work, file):
    measured = measure(
        [sys.executable, setting("PEER"), file, work / "pandas", ENCODING],
        {"TIKTOKEN_CACHE_DIR": str(work / "ranks")}, work / "pandas.log")
    print("  " + (work / "pandas.log").read_text().splitlines()[-1])
    return measured


def measure(command, environment, log):
    """Seconds and MiB: wall time, and the most memory that the process had resident."""
    begin = time.monotonic()
    usage = wait(start(command, environment, log), log)
    # Kilobytes on Linux, bytes on macOS.
    return time.monotonic() - begin, usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def start(command, environment, log, places=None):
    with open(log, "wb") as output:
        return subprocess.Popen(
            [str(part) for part in command], env={**os.environ, **environment},
            stdout=output, stderr=subprocess.STDOUT,
            preexec_fn=None if places is None else lambda: os.sched_setaffinity(0, places))


def wait(process, log):
    """What the process used; ends all if it failed."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit code {process.returncode}, see {log}")
    return usage


def rows_file(work, rows):
    file = work / f"rows-{rows}.jsonl"
    if not file.exists():
        unfinished = file.with_suffix(".unfinished")
        subprocess.run([sys.executable, setting("GENERATOR"), str(rows), unfinished], check=True)
        unfinished.rename(file)
    return file


def fill_cache(work):
    """Gives tiktoken its ranks out of jtokkit's jar, which holds the same bytes: no download."""
    jars = sorted((HERE.parent / "target" / "app" / "lib").glob("jtokkit-*.jar"))
    cache = work / "ranks"
    cache.mkdir(exist_ok=True)
    with zipfile.ZipFile(jars[-1]) as jar:
        ranks = jar.read(f"com/knuddels/jtokkit/{ENCODING}.tiktoken")
    (cache / hashlib.sha1(RANKS.encode()).hexdigest()).write_bytes(ranks)


def describe_machine():
    java = subprocess.run(
        [os.path.join(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java",
         "-version"], capture_output=True, text=True, check=True).stderr.splitlines()[0]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    print(f"{os.cpu_count()} cores, {memory:.0f} GiB, load {os.getloadavg()[0]:.1f}, {java}, "
          f"Python {sys.version.split()[0]}")


def setting(name):
    return os.environ.get(name) or sys.exit(f"set {name}, see benchmarks/prepare.py --help")


def show(name, rows, seconds, mib):
    print(f"{name:16} {int(rows):>9,} rows {seconds:7.1f} s {mib:7,.0f} MiB", flush=True)


if __name__ == "__main__":
    main()
