package dev.tunebeam.pipelines.findings;

import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.dataset.yaml.DashedNames;
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
 * Recommendations to cut common prefixes and suffixes and to lower-case texts. Answers that may be
 * labels are left alone, since this could change their meaning; so are the two answers of a
 * preference pair, whose difference is what is learned. Pure functions.
 *
 * @param corpus the inspected corpus
 */
record TextRecommendations(Corpus corpus) {

  /**
   * Shorter prefixes and suffixes are kept: users may phrase questions that way. Source: OpenAI's
   * prepare_data.
   */
  private static final int SHORTEST = 13;

  /** The same for a prefix like {@code Answer:}. Source: OpenAI's prepare_data. */
  private static final int SHORTEST_MARK = 5;

  private static final String ENDS_OF_MARKS = ":：>-–—=|#*";

  /** With fewer examples, each answer may be a label of its own. */
  private static final int FEWEST_WITHOUT_LABELS = 20;

  /** One text in three must be upper case: prepare_data asks if a third of the letters are. */
  private static final int SHARE_OF_CAPITALS = 3;

  private static final String FIELD = "\\{\\{\\s*[^#^/{}?\\s][^{}?]*\\}\\}";
  private static final Pattern FIELD_FIRST = Pattern.compile(FIELD);
  private static final Pattern FIELD_LAST = Pattern.compile(FIELD + "\\z");

  private static final String CUT = "cut";
  private static final String LOWER_CASE = "lowerCase";

  /**
   * The common prefixes and suffixes of prompts and of completions, as far as they should be cut.
   */
  List<Recommendation> ends() {
    List<Recommendation> ends = new ArrayList<>();
    if (inspection().kept() < TextFindings.FEWEST
        || !corpus.recipe().cut().equals(CutSection.NONE)) {
      return ends;
    }
    boolean delimited = corpus.hasDelimiters();
    MapSection map = corpus.recipe().map();
    // cut is applied before lowerCase, so the prefixes found in lower-cased texts would not match.
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

  /**
   * The delimiter that all texts end with, as found; null for none, empty if the format uses it as
   * a delimiter.
   */
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

  /** Whether the template begins with a field, not with constant text or a section. */
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

  /** Whether some of each text remains, and the recipe would contain no secret. */
  private static boolean canGo(String end, int shortestText) {
    return end.length() < shortestText && Secrets.mask(end).equals(end);
  }

  private static Recommendation cut(String what, String verb, String key, String text) {
    return new Recommendation(
        "Remove %s from the %ss".formatted(TextFindings.shown(text), what),
        "all %ss %s with it, and constant text teaches nothing".formatted(what, verb),
        Map.of(CUT, Map.of(key, text)));
  }

  /** Recommends lower-case prompts, if many are in upper case. */
  @Nullable Recommendation lowerCasePrompts() {
    return isShouted(Trait.UPPER_CASE_PROMPT) && corpus.recipe().lowerCase() == LowerCase.NONE
        ? lowerCase(Trait.UPPER_CASE_PROMPT, "prompt", LowerCase.PROMPT)
        : null;
  }

  /** Recommends lower-case answers, if many are in upper case and none can be a label. */
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

  /**
   * Whether answers are labels, or may be: few examples with short answers, or many repeated
   * answers.
   */
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
