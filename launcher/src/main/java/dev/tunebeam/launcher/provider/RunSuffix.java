package dev.tunebeam.launcher.provider;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The name of a run at the end of a suffix, for providers whose jobs carry no metadata. The suffix
 * is the one free text that they give back with a job, so that a job that was really created before
 * an answer was lost is known again. 48 bits of SHA-256: among a million runs, two are confused
 * with a probability of 1 in 500.
 */
public final class RunSuffix {

  /** What the run takes of a suffix: a dash and twelve digits. */
  public static final int LENGTH = 13;

  private static final int DIGITS = LENGTH - 1;

  private RunSuffix() {}

  /** The user's suffix, or {@code tunebeam} if there is none, and the run. */
  public static String of(JobRequest request) {
    String suffix = request.settings().suffix();
    return (suffix == null ? "tunebeam" : suffix) + "-" + digits(request.run(), DIGITS);
  }

  /** The first digits of the run's hash. */
  public static String digits(String run, int count) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(run.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, count);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
