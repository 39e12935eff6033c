package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.DashedNames;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.launch.RecipeLaunch;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.Method;
import dev.tunebeam.launcher.provider.ProviderProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What jobs and launcher must say alike, though neither knows the other. */
class HalvesTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();

  private final JsonNode section;

  HalvesTest() throws IOException {
    section =
        new ObjectMapper()
            .readTree(ROOT.resolve("docs/recipe.schema.json").toFile())
            .at("/properties/launch/properties");
  }

  @Test
  void theLauncherReadsTheKeysOfTheRecipesSectionLaunchAndNoOther() {
    List<String> keys = new ArrayList<>();
    section.fieldNames().forEachRemaining(keys::add);
    assertThat(
        Arrays.stream(RecipeLaunch.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList(),
        equalTo(keys));
  }

  @Test
  void theRecipeKnowsTheMethodsAndTheProviders() {
    assertThat(choices("method"), equalTo(DashedNames.of(Method.class)));
    assertThat(
        choices("provider"),
        hasItems(Providers.profile().stream().map(ProviderProfile::name).toArray(String[]::new)));
  }

  private List<String> choices(String key) {
    List<String> choices = new ArrayList<>();
    section.at("/" + key + "/enum").forEach(choice -> choices.add(choice.asText()));
    return choices;
  }

  @Test
  void theStartScriptBringsEveryCommandOfTheLauncherToIt() throws IOException {
    MatchResult line =
        Pattern.compile("(?m)^    ([a-z |]+)\\)\\n      module=launcher$")
            .matcher(Files.readString(ROOT.resolve("tunebeam")))
            .results()
            .findFirst()
            .orElseThrow();
    PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
    Shell shell =
        new Shell(
            Map.of(),
            nowhere,
            nowhere,
            new BufferedReader(new StringReader("")),
            false,
            Clock.systemUTC(),
            ROOT);
    assertThat(
        new TreeSet<>(List.of(line.group(1).split(" \\| ", -1))),
        equalTo(new TreeSet<>(new Main(shell).commands().getSubcommands().keySet())));
  }
}
