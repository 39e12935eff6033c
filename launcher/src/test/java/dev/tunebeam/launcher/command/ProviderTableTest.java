package dev.tunebeam.launcher.command;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.dataset.settings.Method;
import dev.tunebeam.launcher.provider.ProviderProfile;
import dev.tunebeam.launcher.provider.ProviderProfile.Offer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/providers.md} are what the providers say of themselves. */
class ProviderTableTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+Test)`");

  /** What a cell of a row says of a provider. */
  private static final Map<String, Function<ProviderProfile, String>> ROWS =
      Map.ofEntries(
          Map.entry("base URL override", p -> p.remote() ? code(p.baseUrlVariable()) : ""),
          Map.entry("formats", ProviderTableTest::formats),
          Map.entry("methods", p -> joined(p.methods().stream().map(Method::toString))),
          Map.entry("maximum suffix length", p -> String.valueOf(p.longestSuffix())),
          Map.entry("maximum file size", p -> p.remote() ? size(p.mostBytes()) : ""),
          offered("`--seed`", Offer.SEED),
          offered("`--batchSize`", Offer.BATCH_SIZE),
          offered("`--learningRateMultiplier`", Offer.LEARNING_RATE_MULTIPLIER),
          offered("`--learningRate`", Offer.LEARNING_RATE),
          offered("`--beta`", Offer.BETA),
          offered("`--wandbProject`", Offer.WANDB),
          offered("`pause`, `resume`", Offer.PAUSE),
          offered("`checkpoints`", Offer.CHECKPOINTS),
          offered("`--trainingType`", Offer.TRAINING_TYPE),
          offered("`deploy`, `undeploy`", Offer.DEPLOYMENTS));

  private static Map.Entry<String, Function<ProviderProfile, String>> offered(
      String row, Offer offer) {
    return Map.entry(row, profile -> profile.offers(offer) ? "yes" : "");
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String joined(Stream<String> words) {
    return words.collect(Collectors.joining(", "));
  }

  private static String formats(ProviderProfile profile) {
    return profile.formats().size() == Format.values().length
        ? "all five formats"
        : joined(profile.formats().stream().map(Format::toString).sorted());
  }

  private static String size(long bytes) {
    return bytes % (1L << 30) == 0
        ? (bytes >> 30) + " GiB"
        : bytes % (1L << 20) == 0 ? (bytes >> 20) + " MiB" : bytes / 1_000_000_000L + " GB";
  }

  /** The rows of the table whose first row has these names, as cells by provider. */
  private static Map<String, Map<String, String>> table(int which) throws IOException {
    List<String> lines = Files.readAllLines(ROOT.resolve("docs/providers.md"));
    int head = -1;
    for (int found = 0; found <= which; ) {
      head++;
      found += lines.get(head).startsWith("| | openai | azure |") ? 1 : 0;
    }
    List<String> providers = cells(lines.get(head));
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    for (int i = head + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
      List<String> cells = cells(lines.get(i));
      assertThat(lines.get(i), cells.size(), is(providers.size()));
      Map<String, String> row = new LinkedHashMap<>();
      IntStream.range(1, cells.size()).forEach(at -> row.put(providers.get(at), cells.get(at)));
      rows.put(cells.get(0), row);
    }
    return rows;
  }

  private static Map<String, String> row(Map<String, Map<String, String>> table, String name) {
    return Objects.requireNonNull(table.get(name), name);
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1).split("\\|", -1))
        .map(String::strip)
        .limit(line.chars().filter(c -> c == '|').count() - 1)
        .toList();
  }

  @Test
  void theCapabilitiesAreThoseOfTheProfiles() throws IOException {
    Map<String, Map<String, String>> table = table(0);
    for (var row : ROWS.entrySet()) {
      Map<String, String> cells = row(table, row.getKey());
      for (ProviderProfile profile : Providers.profiles()) {
        assertThat(
            row.getKey() + " of " + profile.name(),
            cells.get(profile.name()),
            is(row.getValue().apply(profile)));
      }
    }
    for (ProviderProfile profile : Providers.profiles()) {
      String key = String.valueOf(row(table, "key").get(profile.name()));
      assertThat(key, containsString(profile.remote() ? code(profile.keyVariable()) : "none"));
      String url = String.valueOf(row(table, "base URL").get(profile.name()));
      assertThat(url, containsString(profile.baseUrl() == null ? "" : profile.baseUrl()));
    }
  }

  @Test
  void theDatesAreThoseOfTheCatalogue() throws IOException {
    Map<String, String> until = row(table(0), "training until");
    for (ProviderProfile profile : Providers.profiles()) {
      TreeSet<LocalDate> days = new TreeSet<>();
      for (Model model : ModelCatalogue.standard().models()) {
        if (model.provider().equals(profile.name())
            && model.lastDay() != null
            && model.trainableOn(TODAY)) {
          days.add(model.lastDay());
        }
      }
      String cell = String.valueOf(until.get(profile.name()));
      assertThat(
          Pattern.compile("\\d{4}-\\d\\d-\\d\\d")
              .matcher(cell)
              .results()
              .map(day -> LocalDate.parse(day.group()))
              .collect(Collectors.toCollection(TreeSet::new)),
          is(days));
    }
  }

  @Test
  void eachCellNamesATestThatThereIsOrSaysThatItIsNotConfirmed() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Map<String, Map<String, String>> table : List.of(table(0), table(1))) {
      table.forEach(
          (name, row) -> {
            List<String> cells =
                row.containsKey("tests") ? List.of(row.get("tests")) : List.copyOf(row.values());
            for (String cell : cells) {
              List<String> tests = TEST.matcher(cell).results().map(m -> m.group(1)).toList();
              boolean said = cell.equals("not confirmed") || cell.equals("none");
              if (!said && (tests.isEmpty() || !tests.stream().allMatch(this::isThere))) {
                wrong.add(name + ": " + cell);
              }
            }
          });
    }
    assertThat(wrong, empty());
  }

  private boolean isThere(String test) {
    try (Stream<Path> files = Files.walk(ROOT.resolve("launcher/src/test/java"))) {
      return files.anyMatch(file -> file.endsWith(test + ".java"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
