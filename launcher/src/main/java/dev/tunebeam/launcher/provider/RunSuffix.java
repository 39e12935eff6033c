package dev.tunebeam.launcher.provider;

import dev.tunebeam.dataset.Sha256;

/**
 * Stores the run at the end of the suffix, for providers whose jobs have no metadata. The suffix is
 * the only free text that they return with a job, and identifies a job whose create response was
 * lost. 48 bits of SHA-256: among a million runs, the probability of a collision is 1 in 500.
 */
public final class RunSuffix {

  /** The length of the run in the suffix: a dash and twelve hex digits. */
  public static final int LENGTH = 13;

  private static final int DIGITS = LENGTH - 1;

  private RunSuffix() {}

  /** The user's suffix, or {@code tunebeam} by default, followed by the run. */
  public static String of(JobRequest request) {
    String suffix = request.settings().suffix();
    return (suffix == null ? "tunebeam" : suffix) + "-" + digits(request.run(), DIGITS);
  }

  /** The first digits of the run's hash. */
  public static String digits(String run, int count) {
    return Sha256.of(run).substring(0, count);
  }
}
