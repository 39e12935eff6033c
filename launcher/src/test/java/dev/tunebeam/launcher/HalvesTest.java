package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.settings.ProviderName;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.launcher.command.Providers;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.provider.ProviderProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What jobs and launcher must have in common, although they share no code. */
class HalvesTest {

  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..").normalize();

  @Test
  void everyProviderThatARecipeCanNameIsThere() {
    assertThat(
        Providers.profiles().stream().map(ProviderProfile::name).toList(),
        equalTo(DashedNames.of(ProviderName.class)));
  }

  @Test
  void theStartScriptBringsEveryCommandOfTheLauncherToIt() throws IOException {
    List<String> started =
        Pattern.compile("(?m)^    ([a-z |]+)\\)\\n      module=launcher$")
            .matcher(Files.readString(ROOT.resolve("tunebeam")))
            .results()
            .flatMap(line -> Stream.of(line.group(1).split(" \\| ", -1)))
            .sorted()
            .toList();
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
    List<String> named =
        Stream.of(CommandName.values())
            .filter(command -> !command.isJob())
            .map(CommandName::toString)
            .sorted()
            .toList();
    assertThat(started, equalTo(named));
    assertThat(
        List.copyOf(new TreeSet<>(new Main(shell).commands().getSubcommands().keySet())),
        equalTo(named));
  }
}
