package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.pipelines.recipe.CutSection;
import dev.tunebeam.pipelines.recipe.MapSection;
import dev.tunebeam.transforms.inspect.AnswerCounts;
import dev.tunebeam.transforms.inspect.CommonEnds;
import dev.tunebeam.transforms.inspect.DelimiterCandidates;
import dev.tunebeam.transforms.inspect.Inspection;
import dev.tunebeam.transforms.inspect.Trait;
import dev.tunebeam.transforms.inspect.secrets.Secrets;
import dev.tunebeam.transforms.normalize.LowerCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to cut off the ends of texts, and which to put into lower case. Answers that may be labels
 * are left as they are, since that could change what they say; so are the two answers of a pair,
 * whose difference is what is learned. Pure functions.
 *
 * @param corpus what was found
 */
record TextRecommendations(Corpus corpus) {

  /** Words that are shorter stay: they may be how people ask. Source: OpenAI's prepare_data. */
  private static final int SHORTEST = 13;

  /** The same for what ends like {@code Answer:}. Source: OpenAI's prepare_data. */
  private static final int SHORTEST_MARK = 5;

  private static final String ENDS_OF_MARKS = ":：>-–—=|#*";

  /** Of fewer examples all answers may be labels, each of another class. */
  private static final int FEWEST_WITHOUT_LABELS = 20;

  /** As many texts of capitals: prepare_data asks where a third of the letters are. */
  private static final int SHARE_OF_CAPITALS = 3;

  private static final String FIELD = "\\{\\{\\s*[^#^/{}?\\s][^{}?]*\\}\\}";
  private static final Pattern FIELD_FIRST = Pattern.compile(FIELD);
  private static final Pattern FIELD_LAST = Pattern.compile(FIELD + "\\z");

  private static final String CUT = "cut";
  private static final String LOWER_CASE = "lowerCase";

  /** What all prompts, and all answers, begin or end with, as far as it should go. */
  List<Recommendation> ends(Map<String, Object> accepted) {
    List<Recommendation> ends = new ArrayList<>();
    if (inspection().kept() < TextFindings.FEWEST
        || !corpus.recipe().cut().equals(CutSection.NONE)) {
      return ends;
    }
    boolean delimited = corpus.hasDelimiters() && !accepted.containsKey("format");
    MapSection map = corpus.recipe().map();
    // Ends are cut before capitals go, so those of texts in lower case are not what would be cut.
    LowerCase lower = corpus.recipe().lowerCase();
    if (!lower.ofPrompts()) {
      addEnds(
          ends,
          "prompt",
          inspection().rows().prompts(),
          map.prompt(),
          delimiter(DelimiterCandidates.SEPARATORS, inspection().rows().prompts(), delimited));
    }
    if (!mayBeLabels() && !lower.ofCompletions()) {
      addEnds(
          ends,
          "completion",
          inspection().rows().answers(),
          map.completion(),
          delimiter(DelimiterCandidates.STOPS, inspection().rows().answers(), delimited));
    }
    return ends;
  }

  /** A delimiter that all texts end with: null for none, empty where it is used as what it is. */
  private static @Nullable String delimiter(
      List<String> candidates, CommonEnds ends, boolean delimited) {
    String there = DelimiterUses.atEnds(ends.suffix(), candidates);
    if (there == null) {
      return null;
    }
    return delimited
        ? ""
        : ends.suffix().substring(ends.suffix().lastIndexOf(there.stripTrailing()));
  }

  private void addEnds(
      List<Recommendation> recommendations,
      String what,
      CommonEnds ends,
      @Nullable String template,
      @Nullable String delimiter) {
    if (ends.texts() < TextFindings.FEWEST) {
      return;
    }
    String prefix =
        template == null || beginsWithAField(template) ? WholeWords.prefix(ends.prefix()) : "";
    int left = ends.shortest();
    if (prefix.length() >= (isMark(prefix) ? SHORTEST_MARK : SHORTEST) && canGo(prefix, left)) {
      recommendations.add(cut(what, "start", what + "Prefix", prefix));
      left -= prefix.length();
    }
    String suffix =
        template == null || endsWithAField(template) ? WholeWords.suffix(ends.suffix()) : "";
    String end = delimiter != null ? delimiter : suffix.length() >= SHORTEST ? suffix : "";
    if (!end.isEmpty() && canGo(end, left)) {
      recommendations.add(cut(what, "end", what + "Suffix", end));
    }
  }

  /** Whether what stands first is from the data, not from the template or a section of it. */
  private static boolean beginsWithAField(String template) {
    return FIELD_FIRST.matcher(template).lookingAt();
  }

  private static boolean endsWithAField(String template) {
    return FIELD_LAST.matcher(template).find();
  }

  private static boolean isMark(String prefix) {
    String text = prefix.strip();
    return !text.isEmpty() && ENDS_OF_MARKS.indexOf(text.charAt(text.length() - 1)) >= 0;
  }

  /** Whether something is left of each text, and the recipe would hold no secret. */
  private static boolean canGo(String end, int shortestText) {
    return end.length() < shortestText && Secrets.mask(end).equals(end);
  }

  private static Recommendation cut(String what, String verb, String key, String text) {
    return new Recommendation(
        "Remove %s from the %ss".formatted(TextFindings.shown(text), what),
        "all %ss %s with it, and constant text teaches nothing".formatted(what, verb),
        Map.of(CUT, Map.of(key, text)));
  }

  /** Prompts in lower case, if most are shouted. */
  @Nullable Recommendation lowerCasePrompts() {
    return isShouted(Trait.UPPER_CASE_PROMPT) && corpus.recipe().lowerCase() == LowerCase.NONE
        ? lowerCase(Trait.UPPER_CASE_PROMPT, "prompt", LowerCase.PROMPT)
        : null;
  }

  /** Answers in lower case, if most are shouted and none can be a label. */
  @Nullable Recommendation lowerCaseAnswers(Map<String, Object> accepted) {
    if (!isShouted(Trait.UPPER_CASE_ANSWER)
        || mayBeLabels()
        || corpus.recipe().lowerCase() != LowerCase.NONE) {
      return null;
    }
    return lowerCase(
        Trait.UPPER_CASE_ANSWER,
        "completion",
        accepted.containsKey(LOWER_CASE) ? LowerCase.BOTH : LowerCase.COMPLETION);
  }

  private Recommendation lowerCase(Trait trait, String what, LowerCase value) {
    long count = inspection().with(trait).count();
    return new Recommendation(
        "Lower-case the %ss".formatted(what),
        "%s of %s are mostly upper case: more tokens, and models have seen less of it"
            .formatted(
                Figures.count(count), Figures.counted(inspection().kept(), what, what + "s")),
        Map.of(LOWER_CASE, DashedNames.of(value)));
  }

  private boolean isShouted(Trait trait) {
    long count = inspection().with(trait).count();
    return count > 0 && count * SHARE_OF_CAPITALS >= inspection().kept();
  }

  /** Whether answers are labels, or so often the same, or so short and few, that they may be. */
  boolean mayBeLabels() {
    if (corpus.isClassified() || corpus.conclusion().kind() == CorpusKind.PREFERENCE) {
      return true;
    }
    AnswerCounts answers = inspection().answers();
    long kept = inspection().kept();
    boolean mostAreShort = answers.longAnswers() * 2 < kept;
    boolean areFew = mostAreShort && kept < FEWEST_WITHOUT_LABELS;
    return areFew || answers.different() < (kept + 1) / 2;
  }

  private Inspection inspection() {
    return corpus.inspection();
  }
}
