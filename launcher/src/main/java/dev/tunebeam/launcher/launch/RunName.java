package dev.tunebeam.launcher.launch;

import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.launcher.provider.TrainingSettings;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.util.List;

/** The name of a run, a hash of dataset, provider, settings and attempt. */
final class RunName {

  private static final int LENGTH = 32;

  private RunName() {}

  static String of(String provider, String digest, TrainingSettings settings, int attempt) {
    // Null is not written, so adding a setting to the record keeps existing names.
    String text = JsonOutput.line(List.of(provider, digest, settings, attempt));
    return Sha256.of(text).substring(0, LENGTH);
  }
}
