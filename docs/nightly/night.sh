#!/bin/sh
# One night of a pipeline, for cron. Ends with the exit code of tunebeam.
#
#   night.sh FOLDER       with recipe.yaml and env, the keys (mode 0600); the dataset goes to FOLDER/out
set -u
folder=$1
tunebeam=${TUNEBEAM:-/opt/tunebeam/tunebeam}
set -a
. "$folder/env"
set +a
export TUNEBEAM_LOG_FORMAT=json

# One night at a time. The lock is the kernel's: it is free as soon as its process is gone, also after kill -9.
exec 9>"$folder/night.lock"
flock --nonblock 9 || { echo "the night before still runs in $folder" >&2; exit 75; }

for pause in 300 1800 0; do
  timeout --kill-after=1m "${DEADLINE:-8h}" \
    "$tunebeam" run --recipe="$folder/recipe.yaml" --output="$folder/out" --quiet 9>&-
  code=$?
  case $code in
    1 | 75) sleep "${RETRY_PAUSE:-$pause}" ;; # disk full, or the provider is not reachable
    *) exit $code ;;                            # done, or a matter for a person
  esac
done
exit $code
