package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.launcher.DatasetOnDisk;
import dev.tunebeam.launcher.standin.Answer;
import dev.tunebeam.launcher.standin.Job;
import dev.tunebeam.launcher.standin.SimulatedWire.Fate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A fault at each request that uploads or creates, then another fault at one of the requests that
 * follow: at every provider, still one job.
 */
class SecondFaultTest {

  private static final int FOLLOWING = 3;

  private static final List<Fate> FIRST =
      List.of(
          fate("lost answer", 1, null, true),
          fate("lost request", 0, null, true),
          new Fate("effect after 5 min", 0, Duration.ofMinutes(5), null, true, false),
          answered("500 after effect", 1, 500),
          answered("429 after effect", 1, 429),
          answered("400 after effect", 1, 400),
          lie("effect and 200 {}", 1, "{}"),
          new Fate("killed after effect", 1, null, null, false, true));

  private static final List<Fate> SECOND =
      List.of(
          fate("lost answer", 1, null, true),
          fate("lost request", 0, null, true),
          answered("400", 0, 400),
          answered("404", 0, 404),
          answered("429", 0, 429),
          answered("503 after effect", 1, 503),
          lie("200 {}", 0, "{}"),
          lie("200 null", 0, "null"),
          lie("200 with an error", 1, "{\"error\":{\"message\":\"internal\"}}"),
          lie("200 without a list", 0, "{\"object\":\"list\",\"data\":null}"),
          new Fate("killed", 1, null, null, false, true));

  @TempDir Path folder = Path.of("");

  private static Fate fate(String name, int effects, @Nullable Answer answer, boolean lost) {
    return new Fate(name, effects, null, answer, lost, false);
  }

  private static Fate answered(String name, int effects, int status) {
    return fate(name, effects, SimulationTest.status(status), false);
  }

  private static Fate lie(String name, int effects, String body) {
    return fate(name, effects, SimulationTest.lie(body), false);
  }

  @ParameterizedTest
  @EnumSource
  void twoFaultsInARowLeaveOneJob(Simulation.At at) {
    Dataset dataset = Dataset.open(new DatasetOnDisk().in(folder));
    int costly = run(at, dataset, Integer.MAX_VALUE, Fate.WELL, 0, Fate.WELL);
    for (int request = 1; request <= costly; request++) {
      // The last is the job's creation; an upload costs nothing and is sent again.
      for (Fate first : request < costly ? FIRST.subList(0, 2) : FIRST) {
        for (int after = 1; after <= FOLLOWING; after++) {
          for (Fate second : SECOND) {
            run(at, dataset, request, first, after, second);
          }
        }
      }
    }
  }

  /** How many costly requests there were. */
  private static int run(
      Simulation.At at, Dataset dataset, int request, Fate first, int after, Fate second) {
    Simulation simulation = new Simulation(at, dataset, 1);
    int[] costly = {0};
    int[] since = {-1};
    simulation.wire.script(
        (method, path, creates) -> {
          costly[0] += method.equals("GET") ? 0 : 1;
          Fate fate = Fate.WELL;
          if (since[0] >= 0) {
            fate = ++since[0] == after ? second : Fate.WELL;
          } else if (costly[0] == request && !method.equals("GET")) {
            since[0] = 0;
            fate = first;
          }
          simulation.story.add("  %s %s: %s".formatted(method, path, fate));
          return fate;
        },
        Duration.ZERO);
    simulation.launch();
    simulation.launch();
    int sent = costly[0];
    SimulationTest.end(simulation);
    String message =
        String.format(
            Locale.ROOT,
            "%s: %s at request %d, then %s%n%s",
            at,
            first,
            request,
            second,
            String.join("\n", simulation.story));
    assertThat(
        message,
        simulation.wire.jobs().stream().map(Job::status).toList(),
        is(List.of("succeeded")));
    assertThat(message, simulation.wire.jobs().get(0).id(), endsWith(simulation.kept()));
    return sent;
  }
}
