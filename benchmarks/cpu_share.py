#!/usr/bin/env python3
"""The share of a job's processor time that is spent in packages, from a recording of the JVM.

usage: benchmarks/cpu_share.py RECORDING [PACKAGE ...]

RECORDING   what the flight recorder wrote:
            -Xshare:off -XX:StartFlightRecording=filename=job.jfr,settings=profile in TUNEBEAM_OPTS
            (the recorder of JDK 17 crashes on archived classes)
PACKAGE     counting of tokens, if none is named; a sample counts for every package on its stack

Needs the jfr command of a JDK on the PATH or in JAVA_HOME.
"""

import os
import subprocess
import sys

COUNTING = [
    "dev.tunebeam.tokens",
    "dev.tunebeam.transforms.count",
    "com.knuddels.jtokkit",
]


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    packages = sys.argv[2:] or COUNTING
    samples = list(stacks(sys.argv[1]))
    if not samples:
        sys.exit(f"{sys.argv[1]} holds no samples of running threads")
    print(f"{len(samples)} samples")
    for package in packages:
        inside = sum(any(f.startswith(package + ".") for f in frames) for frames in samples)
        print(f"{100 * inside / len(samples):5.1f} %  {package}")


def stacks(recording):
    """The frames of each sample of a thread that ran."""
    jfr = os.path.join(os.environ.get("JAVA_HOME", ""), "bin", "jfr")
    command = [jfr if os.path.exists(jfr) else "jfr", "print"]
    command += ["--events", "jdk.ExecutionSample", "--stack-depth", "64", recording]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        frames = None
        for line in process.stdout:
            line = line.strip()
            if line.startswith("stackTrace = ["):
                frames = []
            elif frames is not None and line == "]":
                yield frames
                frames = None
            elif frames is not None:
                frames.append(line)
    if process.returncode:
        sys.exit(f"{recording} cannot be read")


if __name__ == "__main__":
    main()
