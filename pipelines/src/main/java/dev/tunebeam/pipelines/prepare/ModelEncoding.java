package dev.tunebeam.pipelines.prepare;

import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.tokens.Encoding;
import dev.tunebeam.tokens.TokenizerFile;
import dev.tunebeam.tokens.UnsupportedTokenizerException;
import dev.tunebeam.transforms.files.BeamFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The encoding that counts the tokens of a model: the one that the catalogue names, the
 * tokenizer.json that the user gave, or an approximation.
 *
 * @param encoding counts the tokens
 * @param warnings for the user; the same on every machine
 */
record ModelEncoding(Encoding encoding, List<String> warnings) {

  public ModelEncoding {
    warnings = List.copyOf(warnings);
  }

  /**
   * Reads the tokenizer if one is given and the model needs it.
   *
   * @param path of the tokenizer.json, on any Beam file system; null for none
   * @throws UsageException if it cannot be read or is not supported
   */
  static ModelEncoding of(Model model, @Nullable String path) {
    List<String> warnings = new ArrayList<>();
    if (Model.COUNTABLE_ENCODINGS.contains(model.encoding())) {
      if (path != null) {
        warnings.add(
            "the tokenizer is not used: %s counts with %s".formatted(model.id(), model.encoding()));
      }
      return new ModelEncoding(Encoding.named(model.encoding()), warnings);
    }
    if (path != null) {
      return new ModelEncoding(read(model, path), warnings);
    }
    warnings.add(
        "the tokens of %s are estimated with %s; they are counted exactly with --tokenizer=FILE,"
                .formatted(model.id(), model.countingEncoding())
            + " the tokenizer.json of %s"
                .formatted(
                    model.tokenizer() == null
                        ? "the model that you train, from huggingface.co"
                        : "https://huggingface.co/" + model.tokenizer()));
    return new ModelEncoding(Encoding.named(model.countingEncoding()), warnings);
  }

  private static Encoding read(Model model, String path) {
    String name = model.tokenizer() != null ? model.tokenizer() : FilePath.name(path);
    try {
      return TokenizerFile.of(BeamFiles.read(path), path, name);
    } catch (UnsupportedTokenizerException e) {
      throw new UsageException("--tokenizer: " + e.getMessage());
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException("--tokenizer: cannot read " + ErrorMessages.cause(e));
    }
  }
}
