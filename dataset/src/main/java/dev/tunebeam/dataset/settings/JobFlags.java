package dev.tunebeam.dataset.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The flags of the jobs for the launcher, which does not have their classes. They are in a resource
 * that a test of the jobs generates from their help.
 */
public final class JobFlags {

  private static final String RESOURCE = "job-flags.txt";

  private JobFlags() {}

  /** The flags of prepare or inspect, with dashes, in the order of the help. */
  public static List<String> of(CommandName job) {
    try (InputStream in =
        Objects.requireNonNull(JobFlags.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> List.of(line.split(" ", -1)))
          .filter(words -> words.get(0).equals(job.toString()))
          .flatMap(words -> words.stream().skip(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
