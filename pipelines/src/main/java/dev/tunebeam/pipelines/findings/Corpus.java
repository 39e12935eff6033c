package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.pipelines.recipe.Recipe;
import dev.tunebeam.transforms.delimit.Delimiters;
import dev.tunebeam.transforms.example.Task;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.LabelTokens;
import dev.tunebeam.transforms.inspect.Tally;
import dev.tunebeam.transforms.read.ElementLines;
import dev.tunebeam.transforms.row.Source;
import dev.tunebeam.transforms.write.Positions;
import java.util.List;

/**
 * An inspected corpus: the input of all findings.
 *
 * @param inspection the statistics
 * @param conclusion the inferred type of dataset
 * @param classes the classes that prepare would count, or the answers if they are classes
 * @param recipe the recipe that it was read with
 * @param model the model whose tokens were counted
 * @param format the format of the lines that prepare would write
 * @param task the task that prepare would use
 * @param delimiters the delimiters that prepare would add to the texts
 * @param limit the maximum number of tokens per example
 * @param positions turns sources into positions in the files
 * @param lines the lines of elements in JSON files
 * @param labels token counts of class names
 * @param unusedFields fields that no example uses
 * @param emptyFiles files without a row
 * @param folders names of the folders that the files lie in
 * @param repairs recommendations that the first rows give
 * @param kinds number of distinct shapes among the files
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
    ElementLines lines,
    LabelTokens labels,
    List<String> unusedFields,
    List<String> emptyFiles,
    List<String> folders,
    List<Recommendation> repairs,
    int kinds) {

  /** Makes immutable copies. */
  public Corpus {
    unusedFields = List.copyOf(unusedFields);
    emptyFiles = List.copyOf(emptyFiles);
    folders = List.copyOf(folders);
    repairs = List.copyOf(repairs);
  }

  /** The places of a tally, with file names and positions. */
  List<Place> places(Tally tally) {
    return tally.places().entrySet().stream()
        .map(
            place ->
                new Place(
                    positions.file(place.getKey()),
                    positions.position(place.getKey()),
                    place.getValue(),
                    lines.place(
                        place.getKey().file(),
                        positions.file(place.getKey()),
                        positions.position(place.getKey()))))
        .toList();
  }

  /** A place in messages. */
  String place(Source source) {
    return lines.place(source.file(), positions.file(source), positions.position(source));
  }

  /** Whether its answers are class names. */
  boolean isClassified() {
    return conclusion.kind() == CorpusKind.CLASSIFICATION;
  }

  /** Whether it becomes prompts and completions, which need delimiters. */
  boolean hasDelimiters() {
    return format == Format.COMPLETION;
  }

  /** The delimiters and their alternatives; empty if the format has none. */
  public List<DelimiterUse> delimiterUses() {
    return DelimiterUses.of(this);
  }
}
