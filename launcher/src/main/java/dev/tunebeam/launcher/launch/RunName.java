package dev.tunebeam.launcher.launch;

import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The name of a run, a hash of dataset, provider, settings and attempt. */
final class RunName {

  private static final int LENGTH = 32;

  private RunName() {}

  static String of(String provider, String digest, TrainingSettings settings, int attempt) {
    // Null is not written, so adding a setting to the record keeps existing names.
    String text = JsonOutput.line(List.of(provider, digest, settings, attempt));
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
