package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.LabelTokens;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.write.Positions;
import java.util.List;

/**
 * A corpus with all that findings are made of.
 *
 * @param inspection what was counted
 * @param conclusion what it teaches
 * @param classes the classes that the job would count, or that its answers are
 * @param recipe how it was read
 * @param model the one that it was counted for
 * @param format the lines that it would become
 * @param task what is learned, as the job would take it
 * @param delimiters what the job would put around texts
 * @param limit the most tokens of an example
 * @param positions of places in the files
 * @param labels the tokens of names of classes
 * @param unusedFields fields that are in no example
 * @param emptyFiles files without a row
 * @param kinds how many different kinds of files there are
 */
public record Corpus(
    Inspection inspection,
    TaskInference conclusion,
    Classes classes,
    Recipe recipe,
    Model model,
    Format format,
    Task task,
    Delimiters delimiters,
    int limit,
    Positions positions,
    LabelTokens labels,
    List<String> unusedFields,
    List<String> emptyFiles,
    int kinds) {

  /** Copies. */
  public Corpus {
    unusedFields = List.copyOf(unusedFields);
    emptyFiles = List.copyOf(emptyFiles);
  }

  /** The places of a tally as a person finds them. */
  List<Place> places(Tally tally) {
    return tally.places().entrySet().stream()
        .map(
            place ->
                new Place(
                    positions.file(place.getKey()),
                    positions.position(place.getKey()),
                    place.getValue()))
        .toList();
  }

  /** Whether its answers are names of classes. */
  boolean isClassified() {
    return conclusion.kind() == CorpusKind.CLASSIFICATION;
  }

  /** Whether it becomes prompts and completions, which need separators. */
  boolean hasDelimiters() {
    return format == Format.COMPLETION;
  }

  /** What is put around texts and could be; empty where the format has no delimiters. */
  public List<DelimiterUse> delimiterUses() {
    return DelimiterUses.of(this);
  }
}
