package dev.tunebeam.pipelines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A source tree with the real start script and root pom, whose Maven wrapper and Java are
 * stand-ins.
 */
final class SourceTree extends StartedTree {
  private static final String MAVEN =
      """
      #!/usr/bin/env bash
      echo call >>maven-calls
      if [ -f maven-fails ]; then
        echo '[ERROR] cannot compile'
        exit 1
      fi
      sleep 0.2
      mkdir -p dataset/target pipelines/target launcher/target
      echo pipelines >pipelines/target/pipelines-1.jar
      echo launcher >launcher/target/launcher-1.jar
      echo dataset >dataset/target/dataset-1.jar
      printf '%s:%s' "$PWD/dataset/target/dataset-1.jar" "$PWD/repository/org/beam/beam-2.jar" \
        >pipelines/target/classpath
      case "$*" in
        *-Pspark*)
          printf ':%s' "$PWD/repository/org/spark/spark-3.jar" >>pipelines/target/classpath
          ;;
      esac
      printf '%s:%s' "$PWD/dataset/target/dataset-1.jar" "$PWD/repository/org/http/http-5.jar" \
        >launcher/target/classpath
      """;

  /** Lays the tree out in a folder that does not exist yet. */
  SourceTree(Path root) throws IOException {
    super(root, root.resolve("a jdk"));
    copy("pom.xml");
    copy(".mvn/build.sh");
    write("pipelines/pom.xml", "<project/>");
    write("pipelines/src/main/java/Main.java", "class Main {}");
    write("pipelines/src/main/java/Other.java", "class Other {}");
    write("launcher/pom.xml", "<project/>");
    write("launcher/src/main/java/Main.java", "class Main {}");
    write("repository/org/beam/beam-2.jar", "beam");
    write("repository/org/spark/spark-3.jar", "spark");
    write("repository/org/http/http-5.jar", "http");
    program("mvnw", MAVEN);
    program("a jdk/bin/javac", "#!/bin/sh\n");
  }

  int builds() throws IOException {
    Path calls = root().resolve("maven-calls");
    return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
  }

  /** The folder of the current build. */
  Path build() throws IOException {
    Path app = root().resolve("target/app");
    return app.resolve(Files.readString(app.resolve("current")).strip());
  }
}
