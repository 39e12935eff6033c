package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Findings about classes, and about answers that are class names. With {@code map.class}, number
 * and names are those of its classes; findings about the model's output are about the answers.
 */
final class ClassFindings {

  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Names of a group that fit on a line. */
  private static final int NAMES_SHOWN = 5;

  private ClassFindings() {}

  static List<Finding> of(Corpus corpus) {
    FindingList list = new FindingList(corpus);
    Classes classes = corpus.classes();
    if (classes.tooMany()) {
      tooMany(list, corpus);
    }
    small(list, classes.counts());
    if (classes.counts().size() == 1) {
      one(list, classes);
    }
    alike(list, classes);
    if (corpus.isClassified()) {
      SortedMap<String, Long> answers = corpus.inspection().answers().answers();
      if (classes.named() && !answers.keySet().equals(classes.counts().keySet())) {
        answers(list, answers);
      }
      tokens(list, corpus, answers);
    }
    return list.list();
  }

  private static void tooMany(FindingList list, Corpus corpus) {
    boolean named = corpus.classes().named();
    list.add(
        "too-many-classes",
        corpus.inspection().kept(),
        "there are more than 10,000 distinct classes, or their names are as long as texts",
        "That is free text, and prepare refuses it; "
            + (named
                ? "a stratified split needs few classes."
                : "a classifier needs few classes with many examples each."),
        named
            ? "Set map.class to a field with few values, or leave it out."
            : "Set task: generation, or map.class to a field with few values.",
        List.of());
  }

  private static void one(FindingList list, Classes classes) {
    list.add(
        "one-class",
        1,
        "there is only one class",
        classes.named()
            ? "There is nothing to stratify the split by."
            : "A model that always gives the same answer needs no training.",
        classes.named()
            ? "Set map.class to a field with several values, or leave it out."
            : "Add examples of other classes.",
        List.of(Classes.shown(classes.counts().firstKey())));
  }

  /** The findings that other methods make of classes, for answers that differ from the classes. */
  private static void answers(FindingList list, SortedMap<String, Long> answers) {
    if (answers.size() == 1) {
      list.add(
          "one-answer",
          1,
          "there is only one distinct answer",
          "A model that always gives the same answer needs no training.",
          "Add examples with other answers.",
          List.of(Classes.shown(answers.firstKey())));
    }
    List<String> alike = alike(answers);
    if (!alike.isEmpty()) {
      list.add(
          "answers-alike",
          alike.size(),
          Figures.counted(alike.size(), "group", "groups")
              + " of answers differ only in case or punctuation",
          "The model treats them as distinct; most likely they are meant to be the same.",
          "Set labels in the recipe to bring together those that mean the same.",
          alike);
    }
  }

  private static void small(FindingList list, SortedMap<String, Long> classes) {
    List<String> small = SizeFindings.small(classes);
    if (!small.isEmpty()) {
      list.add(
          "small-classes",
          small.size(),
          String.format(
              Locale.ROOT,
              "%s of %s have fewer than %d examples",
              Figures.count(small.size()),
              Figures.counted(classes.size(), "class", "classes"),
              SizeFindings.FEW),
          "The model needs about 100 examples to learn a class.",
          "Collect more examples, or merge small classes.",
          small);
    }
  }

  private static void alike(FindingList list, Classes classes) {
    List<String> alike = alike(classes.counts());
    if (!alike.isEmpty()) {
      list.add(
          "classes-alike",
          alike.size(),
          Figures.counted(alike.size(), "group", "groups")
              + " of classes differ only in case or punctuation",
          "The %s treats them as distinct; most likely they are meant to be the same."
              .formatted(classes.named() ? "split" : "model"),
          "Set labels in the recipe to bring together those that mean the same.",
          alike);
    }
  }

  private static List<String> alike(SortedMap<String, Long> names) {
    Map<String, List<String>> groups = new TreeMap<>();
    for (String name : names.keySet()) {
      groups.computeIfAbsent(plain(name), key -> new ArrayList<>()).add(name);
    }
    return joined(groups);
  }

  private static void tokens(FindingList list, Corpus corpus, SortedMap<String, Long> answers) {
    String[] nouns =
        corpus.classes().named()
            ? new String[] {"answer", "answers"}
            : new String[] {"class", "classes"};
    boolean space = corpus.hasDelimiters() && corpus.delimiters().leadingSpace();
    Map<String, List<String>> byToken = new TreeMap<>();
    List<String> longer = new ArrayList<>();
    for (String name : answers.keySet()) {
      String text = (space ? " " : "") + name;
      byToken.computeIfAbsent(corpus.labels().first(text), key -> new ArrayList<>()).add(name);
      int count = corpus.labels().count(text);
      if (count > 1) {
        longer.add("%s: %s tokens".formatted(Classes.shown(name), Figures.count(count)));
      }
    }
    List<String> same = joined(byToken);
    if (!same.isEmpty()) {
      list.add(
          "same-first-token",
          same.size(),
          "%s of %s start with the same token"
              .formatted(Figures.counted(same.size(), "group", "groups"), nouns[1]),
          "At inference a classifier generates one token, which does not tell these apart.",
          space && corpus.labels().firstTells(answers.keySet())
              ? "leadingSpace: false tells them apart: a space before a number is a token of its own."
              : "Use names that differ in their first token, such as numbers.",
          same);
    }
    if (!longer.isEmpty()) {
      list.add(
          "long-labels",
          longer.size(),
          Figures.counted(longer.size(), nouns[0] + " is", nouns[1] + " are")
              + " longer than one token",
          "For a class of one token, the probability of that token is that of the class.",
          "Use shorter names, such as numbers, or generate as many tokens as the longest has.",
          longer);
    }
  }

  private static List<String> joined(Map<String, List<String>> groups) {
    return groups.values().stream()
        .filter(names -> names.size() > 1)
        .map(
            names ->
                names.stream()
                        .limit(NAMES_SHOWN)
                        .map(Classes::shown)
                        .collect(Collectors.joining(", "))
                    + (names.size() > NAMES_SHOWN
                        ? String.format(Locale.ROOT, ", … (%d)", names.size())
                        : ""))
        .toList();
  }

  /** The letters and digits of a name, in lower case; the name itself if it has none. */
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
