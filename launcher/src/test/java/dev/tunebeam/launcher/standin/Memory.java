package dev.tunebeam.launcher.standin;

import java.util.List;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** What a model learned, read from its files at the first question: most models are never asked. */
final class Memory {
  private final List<ByteString> files;
  private @Nullable KnownAnswers answers;

  Memory(List<ByteString> files) {
    this.files = List.copyOf(files);
  }

  synchronized KnownAnswers answers() {
    KnownAnswers known = answers;
    if (known == null) {
      known = KnownAnswers.of(files);
      answers = known;
    }
    return known;
  }
}
