# The part of the start script that builds the sources: once, and again when a source is newer than the
# build. Spark's libraries are fetched when a job first asks for them, with --runner=SparkRunner or
# --sparkMaster.
#
# What is built lies in target/app: lib holds the dependencies, each build-* one build of the
# sources, and the file "current" names the build to run. Nothing in there is ever overwritten, so
# a build does no harm to a job that is running.

# Sets build to the folder of the current build. Fails if there is none or if a source is newer.
# Folders count too: the time of a folder changes when a file in it is removed.
find_current() {
  [ -f "$app/current" ] || return 1
  build=$app/$(cat "$app/current")
  [ -f "$build/launcher.jar" ] || return 1
  [ $needs_spark = no ] || [ -f "$build/spark.classpath" ] || return 1
  local newer
  set +f
  newer=$(find "$home/tunebeam" "$home/pom.xml" "$home/.mvn" "$home"/*/pom.xml "$home"/*/src/main \
    -newer "$build/started" 2>/dev/null | head -n 1) || true
  set -f
  [ -z "$newer" ]
}

# One build at a time: the lock is a link whose target is the number of the process that builds.
lock() {
  local holder waited=0
  while ! ln -s $$ "$app/lock" 2>/dev/null; do
    holder=$(readlink "$app/lock") || continue
    if ! kill -0 "$holder" 2>/dev/null; then
      rm -f "$app/lock" # its process was killed
      continue
    fi
    [ $waited -gt 0 ] || printf 'waiting for the build of process %s...\n' "$holder" >&2
    waited=1
    sleep 1
  done
  trap 'rm -rf "$app/lock" "$new"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
}

build_sources() {
  mkdir -p "$app/lib" 2>/dev/null || die "cannot create $app/lib; tunebeam is not built, and this folder is read-only"
  new=$app/build-$(date +%Y%m%d%H%M%S)-$$
  lock
  if ! find_current; then
    if [ -n "${JAVA_HOME:-}" ]; then javac=$JAVA_HOME/bin/javac; else javac=javac; fi
    command -v "$javac" >/dev/null || die "to build, tunebeam needs a JDK, and $java has no compiler beside it; set JAVA_HOME to a JDK 17 or newer"
    if [ $needs_spark = yes ]; then
      printf 'building tunebeam with Spark (once; downloads 200 MB)...\n' >&2
    else
      printf 'building tunebeam (once)...\n' >&2
    fi
    mkdir "$new"
    touch "$new/started"
    build_with_maven
    collect_jars pipelines pipelines
    collect_jars launcher launcher
    if [ $needs_spark = yes ]; then
      build_with_maven -Pspark
      collect_jars pipelines all
      # Spark's come last: the archive of classes is for a class path that begins like the usual one.
      { cat "$new/pipelines.classpath" && grep -v -x -F -f "$new/pipelines.classpath" "$new/all.classpath"; } \
        >"$new/spark.classpath"
    fi
    grep -o -e '--add-opens=[A-Za-z./]*=ALL-UNNAMED' "$home/pom.xml" >"$new/jvm.flags"
    build=$new
    if archive_classes >>"$new/log" 2>&1 </dev/null; then
      printf '%s\n' "$java_version" >"$new/classes.java"
    fi
    rm -rf "$new/trial"
    printf '%s\n' "${new##*/}" >"$app/current.$$"
    mv -f "$app/current.$$" "$app/current"
    new=
    # A job may still run from the build before this one: its jars stay for two days. Its archive,
    # which is large, can go: the JVM has it open.
    find "$app" -name classes.jsa ! -path "$build/*" -exec rm -f {} +
    find "$app" -maxdepth 1 -name 'build-*' ! -path "$build" -mtime +1 -exec rm -rf {} +
  fi
  rm -f "$app/lock"
  trap - EXIT INT TERM HUP
}

# Tests and the check of the format are left to "./mvnw verify"; compiler warnings are not, or
# "verify" would later take the classes for checked. Takes more arguments for Maven.
build_with_maven() {
  set +f
  rm -f "$home"/pipelines/target/pipelines-*.jar "$home"/launcher/target/launcher-*.jar # other versions
  set -f
  if ! (cd "$home" && ./mvnw -q -B "$@" -pl pipelines,launcher -am -DwithoutSpark -Dmaven.test.skip=true \
    -Dspotless.check.skip=true package \
    dependency:build-classpath -DincludeScope=runtime -Dmdep.outputFile=target/classpath) \
    >"$new/log" 2>&1 </dev/null; then
    cat "$new/log" >&2
    die "the build failed, see above"
  fi
}

# Copies the jar of a module, lists what else it runs on, and copies that out of the Maven repository,
# which may be moved or emptied later. A copy gets its name only when it is complete.
collect_jars() {
  local module=$1 list=$new/$2.classpath jar name
  set +f
  cp "$home/$module/target/$module"-*.jar "$new/$module.jar"
  set -f
  local IFS=:
  for jar in $(cat "$home/$module/target/classpath"); do
    case $jar in
      "$home"/*/target/*)
        cp "$jar" "$new/"
        printf '%s/%s\n' "${new##*/}" "${jar##*/}" >>"$list"
        ;;
      *)
        name=${jar##*/}
        if [ ! -f "$app/lib/$name" ]; then
          cp "$jar" "$app/lib/.$name.$$"
          mv "$app/lib/.$name.$$" "$app/lib/$name"
        fi
        printf 'lib/%s\n' "$name" >>"$list"
        ;;
    esac
  done
}
