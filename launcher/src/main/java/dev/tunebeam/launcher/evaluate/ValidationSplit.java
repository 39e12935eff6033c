package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.InferenceRequest;
import dev.tunebeam.launcher.inference.PromptTemplate;
import dev.tunebeam.launcher.inference.PromptTemplate.LabeledRequest;
import dev.tunebeam.launcher.launch.Dataset;
import dev.tunebeam.launcher.process.LauncherException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The validation split of a dataset as questions to a model. All of it is in memory.
 *
 * @param rows in the order of the dataset
 * @param questions each question once, with its request to no model yet
 * @param skipped examples whose expected answer is not text
 */
public record ValidationSplit(
    List<Row> rows, Map<String, InferenceRequest> questions, long skipped) {

  /**
   * An example.
   *
   * @param example its index in the split, from 0
   * @param expected its answer
   * @param question {@link InferenceRequest#question}
   */
  public record Row(long example, String expected, String question) {}

  /**
   * Reads the split of a dataset, and compares it with its hash.
   *
   * @param maxTokens of an answer; null for those of the template, or where it has none, for those
   *     of the longest example, rounded up to a power of two: the questions of a night stay the
   *     same when a longer example comes
   */
  public static ValidationSplit of(
      Dataset dataset, PromptTemplate template, @Nullable Integer maxTokens) {
    if (dataset.validation() == null) {
      throw wrongUse("the dataset has no validation split; prepare it with --validation=0.1");
    }
    List<Row> rows = new ArrayList<>();
    Map<String, InferenceRequest> questions = new LinkedHashMap<>();
    int most =
        maxTokens == null
            ? PromptTemplate.roomFor(dataset.manifest().tokens().perExample().max())
            : maxTokens;
    long example = 0;
    for (var shard : dataset.validation().verified().shards()) {
      try (BufferedReader lines = Files.newBufferedReader(shard.path())) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Optional<LabeledRequest> labeled = template.labeled("", line);
          if (labeled.isPresent()) {
            InferenceRequest request = labeled.get().request();
            if (maxTokens != null || request.maxTokens() == null) {
              request = request.withMaxTokens(most);
            }
            String question = request.question();
            rows.add(new Row(example, labeled.get().expected(), question));
            questions.putIfAbsent(question, request);
          }
          example++;
        }
      } catch (IOException e) {
        throw new LauncherException(
            ExitCode.WRONG_USE, "%s cannot be read: %s".formatted(shard.path(), e), e);
      }
    }
    return new ValidationSplit(List.copyOf(rows), questions, example - rows.size());
  }
}
