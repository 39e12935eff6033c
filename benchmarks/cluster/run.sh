#!/usr/bin/env bash
# Runs a job on a real Spark cluster on this machine: a master and two workers, made of Spark's jars
# from the Maven repository, and the jar for spark-submit. Ends with the exit code of the job.
#
#   benchmarks/cluster/run.sh [--lose-worker=N] prepare --recipe=... --output=...
#
#   --lose-worker   kills one worker and its executor when the executor begins its Nth task
#
#   PORT            of the master, 17077; of its page, one more. Both listen on 127.0.0.1
#   MEMORY          of an executor, 1500m
#   LOGS            folder for what the processes say, benchmarks/cluster/target/logs
#
# Only the processes that it started are stopped, also on Ctrl-C.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(cd -- "$here/../.." && pwd)
port=${PORT:-17077}
memory=${MEMORY:-1500m}
logs=${LOGS:-$here/target/logs}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
master=spark://127.0.0.1:$port

lose_at=
case ${1:-} in
  --lose-worker=*)
    lose_at=${1#*=}
    shift
    ;;
esac

build() {
  local version
  version=$(sed -n 's:.*<spark.version>\(.*\)</spark.version>.*:\1:p' "$root/pom.xml")
  export SPARK_HOME=$here/target/spark-$version SPARK_SCALA_VERSION=2.12
  if [ ! -f "$SPARK_HOME/complete" ]; then
    (cd "$root" && ./mvnw -q -B -f benchmarks/cluster/pom.xml \
      org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
      -Dspark.version="$version" -DincludeScope=runtime -DoutputDirectory="$SPARK_HOME/jars")
    touch "$SPARK_HOME/complete"
  fi
  (cd "$root" && ./mvnw -q -B -Pspark-jar -pl pipelines -am -Dmaven.test.skip=true -Dspotless.check.skip=true package)
}

pids=()
stop() {
  local pid
  [ "${#pids[@]}" -gt 0 ] || return 0
  kill "${pids[@]}" 2>/dev/null || true
  for pid in "${pids[@]}"; do
    while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
  done
}

# Remembers the process that was just started. Disowned, for else bash reports that it was killed.
started() {
  pids+=($!)
  disown $!
}

# A process of the cluster. A worker stops its executors when it ends.
daemon() {
  local log=$logs/$1.log
  shift
  "$java" "${opens[@]}" -Xmx512m -cp "$SPARK_HOME/jars/*" "$@" >"$log" 2>&1 </dev/null &
  started
}

wait_for() { # what, how often, in which file
  local second
  for second in $(seq 60); do
    [ "$(grep -c -e "$1" "$3" 2>/dev/null || true)" -lt "$2" ] || return 0
    sleep 1
  done
  echo "no \"$1\" in $3 after $second s" >&2
  exit 1
}

lose_worker() {
  local worker=$1 executor
  until [ "$(cat "$logs"/work-2/*/*/stderr 2>/dev/null | grep -c 'Running task')" -ge "$lose_at" ]; do
    sleep 0.1
  done
  executor=$(pgrep -P "$worker" || true)
  echo "killing worker $worker and its executor ${executor:-(already gone)}" >&2
  kill -9 "$worker" $executor 2>/dev/null || true
}

build
rm -rf "$logs"
mkdir -p "$logs"
opens=()
while IFS= read -r flag; do opens+=("$flag"); done < <(grep -o -e '--add-opens=[A-Za-z./]*=ALL-UNNAMED' "$root/pom.xml")

trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
daemon master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port "$port" --webui-port $((port + 1))
wait_for 'Starting Spark master' 1 "$logs/master.log"
for n in 1 2; do
  daemon worker-$n org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 3g \
    --webui-port $((port + 1 + n)) --work-dir "$logs/work-$n" "$master"
done
wait_for 'Registering worker' 2 "$logs/master.log"
if [ -n "$lose_at" ]; then
  lose_worker "${pids[2]}" &
  started
fi

status=0
"$java" "${opens[@]}" -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit \
  --master "$master" --deploy-mode client \
  --class dev.tunebeam.pipelines.Main --name tunebeam \
  --driver-memory 1g --executor-memory "$memory" \
  --conf spark.driver.host=127.0.0.1 \
  --conf "spark.executor.extraJavaOptions=${opens[*]}" \
  "$root/pipelines/target/tunebeam-spark.jar" "$@" 2>"$logs/driver.log" || status=$?
[ $status -eq 0 ] || tail -n 20 "$logs/driver.log" >&2
exit $status
