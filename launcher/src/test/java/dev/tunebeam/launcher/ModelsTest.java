package dev.tunebeam.launcher;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.Json;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code models}: the catalogue on a day. */
class ModelsTest extends StandInTest {

  @Test
  void aModelThatIsClosedToNewAccountsIsMarked() {
    assertThat(
        closed("--provider=azure"),
        contains(
            "gpt-4.1-2025-04-14",
            "gpt-4.1-mini-2025-04-14",
            "gpt-4.1-nano-2025-04-14",
            "gpt-4o-2024-08-06",
            "gpt-4o-mini-2024-07-18"));
    assertThat(closed("--provider=fireworks"), empty());
  }

  @Test
  void aModelThatIsStillOpenOrEndedForAllIsNotMarked() {
    clock = from("2026-05-06T12:00:00Z");
    assertThat(closed("--provider=openai"), empty());
    clock = from("2027-01-06T12:00:00Z");
    assertThat(closed("--provider=openai", "--all"), empty());
  }

  @Test
  void programsAreToldWhichModelsAreOpenToNewAccounts() {
    String out = fast("models", "--json").with(ExitCode.SUCCEEDED).out();
    JsonNode models = Objects.requireNonNull(Json.parse(out)).path("models");
    assertThat(models.size(), greaterThan(9));
    for (JsonNode row : models) {
      boolean gpt = row.at("/model/id").asText().startsWith("gpt-4");
      assertThat(row.toString(), row.path("openToNewAccounts").asBoolean(gpt), is(!gpt));
    }
  }

  private List<String> closed(String... flags) {
    String[] command = new String[flags.length + 1];
    command[0] = "models";
    System.arraycopy(flags, 0, command, 1, flags.length);
    return fast(command)
        .with(ExitCode.SUCCEEDED)
        .out()
        .lines()
        .filter(line -> line.endsWith("  closed to new accounts"))
        .map(line -> line.split(" +", 3)[1])
        .toList();
  }
}
