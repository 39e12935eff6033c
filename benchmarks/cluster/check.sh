#!/usr/bin/env bash
# Shows that a dataset is the same on one machine, on a cluster, and on a cluster that loses a
# worker: runs one job in each of these ways and compares every file byte by byte.
#
#   benchmarks/cluster/check.sh [rows, 1000000]
#
# See run.sh for the variables. Everything is left in benchmarks/cluster/target/check.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
rows=${1:-1000000}
check=$here/target/check
rm -rf "$check"
mkdir -p "$check"

# Rows of about 450 bytes with eight classes of unequal size; one in fifty repeats an earlier row.
awk -v rows="$rows" 'BEGIN {
  srand(7)
  for (i = 0; i < rows; i++) {
    if (i > 100 && rand() < 0.02) {
      print kept[int(rand() * 100)]
      continue
    }
    text = ""
    while (length(text) < 400) text = text sprintf("%c%c%x ", 97 + rand() * 26, 97 + rand() * 26, rand() * 4096)
    row = sprintf("{\"prompt\": \"%s\", \"completion\": \"class %d\"}", text, int(8 * rand() * rand()))
    if (i < 100) kept[i] = row
    print row
  }
}' >"$check/rows.jsonl"

prepare() { # name of the run, command
  local name=$1 begin=$SECONDS
  shift
  "$@" prepare --input="$check/rows.jsonl" --task=classification --format=completion \
    --shardBytes=4000000 --output="$check/$name" >"$check/$name.txt" ||
    { cat "$check/$name.txt" >&2; exit 1; }
  echo "$name: $((SECONDS - begin)) s, $(sed -n 's/.*"digest" *: *"\([^"]*\)".*/\1/p' "$check/$name/manifest.json")"
}

prepare local "$here/../../tunebeam"
LOGS=$check/cluster-logs prepare cluster "$here/run.sh"
# While it reads the rows, and when what it had grouped and cached is needed.
LOGS=$check/lost-early-logs prepare lost-early "$here/run.sh" --lose-worker=1
LOGS=$check/lost-late-logs prepare lost-late "$here/run.sh" --lose-worker=4

for run in lost-early lost-late; do
  # Tasks and stages are counted as number.attempt.
  grep -q -e 'Starting task [0-9]*\.[1-9]' -e 'in stage [0-9]*\.[1-9]' "$check/$run-logs/driver.log" ||
    { echo "$run: nothing had to be done again; take more rows" >&2; exit 1; }
done
for run in cluster lost-early lost-late; do
  diff -r -q "$check/local" "$check/$run" || { echo "$run differs from local" >&2; exit 1; }
done
echo "the four datasets are the same, byte by byte"
