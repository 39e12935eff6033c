package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.files.BeamFiles;
import dev.tunebeam.transforms.read.input.InputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A file that a flag names for what a command found. */
public final class OutputFile {

  private OutputFile() {}

  /** Refuses an output file that is an input file, which it would overwrite. */
  public static void refuseInput(String flag, @Nullable String file, PreparePlan plan) {
    if (file == null) {
      return;
    }
    if (file.endsWith("/")) {
      throw new UsageException("--%s=%s is a folder; name a file in it".formatted(flag, file));
    }
    for (InputFile input : plan.input().files()) {
      if (BeamFiles.isSame(input.path(), file)) {
        throw new UsageException(
            "--%s=%s is a file of the input; name another one".formatted(flag, file));
      }
    }
  }

  /** Writes a file; nothing if it is null. */
  public static void write(@Nullable String file, String flag, String text) {
    if (file == null) {
      return;
    }
    try {
      BeamFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UsageException(
          "--%s: cannot write %s: %s".formatted(flag, file, ErrorMessages.cannotWrite(file, e)));
    }
  }
}
