package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.normalize.Task;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The names of classes: their tokens, their number, how alike they are. None is ever changed. */
final class ClassFindings {

  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  private ClassFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    Inspection inspection = corpus.inspection();
    if (corpus.task() == Task.CLASSIFICATION && inspection.answers().areTooMany()) {
      list.add(
          "too-many-classes",
          inspection.kept(),
          "there are more than 10,000 different classes",
          "That is free text; a classifier learns a few classes from many examples.",
          "Set task: generation.",
          List.of());
    }
    SortedMap<String, Long> classes = inspection.answers().answers();
    if (!corpus.isClassified() || classes.isEmpty()) {
      return list.list();
    }
    small(list, classes);
    if (classes.size() == 1) {
      list.add(
          "one-class",
          1,
          "there is one class alone",
          "A model that always says the same needs no training.",
          "Add examples of other classes.",
          List.of(classes.firstKey()));
    }
    alike(list, classes);
    tokens(list, corpus, classes);
    return list.list();
  }

  private static void small(FindingList list, SortedMap<String, Long> classes) {
    List<String> small = SizeFindings.small(classes);
    if (!small.isEmpty()) {
      list.add(
          "small-classes",
          small.size(),
          "%s of %s with fewer than %d examples"
              .formatted(
                  Figures.count(small.size()),
                  Figures.counted(classes.size(), "class", "classes"),
                  SizeFindings.FEW),
          "A class needs about a hundred examples to be learned.",
          "Collect more of these, or put small classes together.",
          small);
    }
  }

  private static void alike(FindingList list, SortedMap<String, Long> classes) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String name : classes.keySet()) {
      groups.computeIfAbsent(plain(name), key -> new ArrayList<>()).add(name);
    }
    List<String> alike = joined(groups);
    if (!alike.isEmpty()) {
      list.add(
          "classes-alike",
          alike.size(),
          Figures.counted(alike.size(), "group", "groups")
              + " of classes differ in case or punctuation alone",
          "They are different classes to the model, and most likely one to whoever wrote them.",
          "Give each class one name in the source. Names are never changed for you.",
          alike);
    }
  }

  private static void tokens(FindingList list, Corpus corpus, SortedMap<String, Long> classes) {
    boolean space = corpus.hasDelimiters() && corpus.delimiters().leadingSpace();
    Map<String, List<String>> byToken = new TreeMap<>();
    List<String> longer = new ArrayList<>();
    for (String name : classes.keySet()) {
      String text = (space ? " " : "") + name;
      byToken.computeIfAbsent(corpus.labels().first(text), key -> new ArrayList<>()).add(name);
      int count = corpus.labels().count(text);
      if (count > 1) {
        longer.add("%s: %s tokens".formatted(name, Figures.count(count)));
      }
    }
    List<String> same = joined(byToken);
    if (!same.isEmpty()) {
      list.add(
          "same-first-token",
          same.size(),
          Figures.counted(same.size(), "group", "groups") + " of classes begin with the same token",
          "Classifiers are asked for one token, which does not tell these apart.",
          "Use names that differ in their first token, such as numbers.",
          same);
    }
    if (!longer.isEmpty()) {
      list.add(
          "long-labels",
          longer.size(),
          Figures.counted(longer.size(), "class is", "classes are") + " no single token",
          "A class of one token costs one token, and its probability is that of the class.",
          "Shorter names, such as numbers; or ask for as many tokens as the longest has.",
          longer);
    }
  }

  private static List<String> joined(Map<String, List<String>> groups) {
    return groups.values().stream()
        .filter(names -> names.size() > 1)
        .map(
            names ->
                String.join(", ", names.subList(0, Math.min(5, names.size())))
                    + (names.size() > 5 ? ", … (%d)".formatted(names.size()) : ""))
        .toList();
  }

  /** Letters and digits alone, in lower case; the name itself where there are none. */
  private static String plain(String name) {
    String letters =
        NO_LETTER
            .matcher(Normalizer.normalize(name, Normalizer.Form.NFKC))
            .replaceAll(" ")
            .strip()
            .toLowerCase(Locale.ROOT);
    return letters.isEmpty() ? name : letters;
  }
}
