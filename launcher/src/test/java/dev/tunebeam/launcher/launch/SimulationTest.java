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
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any schedule of faults ends with one paid job, which launch.json names. A schedule is a function
 * of its seed; a failure prints the seed and what happened. More schedules, from another seed:
 * {@code -Dtunebeam.schedules=100000 -Dtunebeam.seed=1}, see docs/launch.md.
 */
class SimulationTest {

  private static final int SCHEDULES = Integer.getInteger("tunebeam.schedules", 2_000);
  private static final long SEED = Long.getLong("tunebeam.seed", 1);

  /** Error statuses, of the provider or of a gateway before it. */
  private static final int[] STATUSES = {400, 401, 403, 404, 408, 409, 422, 429, 500, 503, 504};

  private static final List<String> LIES =
      List.of(
          "{}",
          "null",
          "[]",
          "\"ok\"",
          "{\"error\":{\"message\":\"internal\",\"code\":\"internal\"}}",
          "{\"object\":\"list\"}",
          "{\"object\":\"list\",\"data\":null}",
          "{\"data\":{}}",
          "{\"data\":[{}]}",
          "{\"data\":[null]}",
          "{\"id\":\"ftjob-of-another\",\"status\":\"running\"}",
          "<html><body>Please log in</body></html>",
          "");

  @TempDir Path folder = Path.of("");

  @Test
  void afterAnyScheduleOfFaultsOneJobIsPaidFor() {
    Dataset dataset = Dataset.open(new DatasetOnDisk().in(folder));
    System.out.printf("%d schedules from seed %d%n", SCHEDULES, SEED);
    for (long seed = SEED; seed < SEED + SCHEDULES; seed++) {
      schedule(dataset, seed);
    }
  }

  private static void schedule(Dataset dataset, long seed) {
    Random random = new Random(seed * 0x9E3779B97F4A7C15L);
    Simulation.At at = Simulation.At.values()[random.nextInt(Simulation.At.values().length)];
    // Repeated by a proxy, or launch.json lost: then a second job can be there for a time.
    boolean beyond = random.nextInt(4) == 0;
    Simulation simulation = new Simulation(at, dataset, seed);
    double rate = 0.05 + 0.5 * random.nextDouble();
    int[] left = {1 + random.nextInt(12)};
    simulation.wire.script(
        (method, path, creates) -> {
          boolean strikes =
              left[0] > 0 && random.nextDouble() < (creates ? Math.max(rate, 0.7) : rate);
          Fate fate = strikes ? fate(random, creates, beyond) : Fate.WELL;
          left[0] -= strikes ? 1 : 0;
          simulation.story.add("  %s %s: %s".formatted(method, path, fate));
          return fate;
        },
        minutes(random, 4));
    for (int command = random.nextInt(5); command >= 0; command--) {
      if (simulation.memory.last(any -> true).isEmpty() || random.nextInt(3) > 0) {
        simulation.launch();
      } else {
        simulation.follow();
      }
      if (random.nextBoolean()) {
        simulation.time.pass(minutes(random, 15));
      }
      if (beyond && random.nextInt(4) == 0) {
        // Without it only the list knows of a job: what lags behind would be created again.
        simulation.time.pass(Duration.ofMinutes(15));
        simulation.story.add("launch.json is lost");
        simulation.memory.lose();
      }
    }
    left[0] = 0;
    end(simulation);
    String message =
        String.format(
            Locale.ROOT, "seed %d at %s%n%s", seed, at, String.join("\n", simulation.story));
    assertThat(
        message, simulation.paid().stream().map(Job::status).toList(), is(List.of("succeeded")));
    // Fireworks' ids are the ends of its names.
    assertThat(message, simulation.paid().get(0).id(), endsWith(simulation.kept()));
    if (!beyond) {
      assertThat(message, simulation.wire.jobs().size(), is(1));
    }
  }

  /** The network is well again; the user goes on until the job has ended. */
  static void end(Simulation simulation) {
    boolean launched = false;
    for (int i = 0; i < 5 && !launched; i++) {
      launched = simulation.launch();
    }
    simulation.time.pass(Duration.ofHours(1)); // what was under way has arrived
    boolean followed = false;
    for (int i = 0; i < 3 && !followed; i++) {
      followed = simulation.follow();
    }
    simulation.launch();
  }

  private static Duration minutes(Random random, int most) {
    return Duration.ofSeconds(random.nextInt(60 * most));
  }

  static Answer status(int status) {
    return Answer.text(
        status, "application/json", "{\"error\":{\"message\":\"status " + status + "\"}}");
  }

  static Answer lie(String body) {
    return Answer.text(200, "application/json", body);
  }

  private static Fate fate(Random random, boolean creates, boolean beyond) {
    int status = STATUSES[random.nextInt(STATUSES.length)];
    String lie = LIES.get(random.nextInt(LIES.size()));
    // Later than any list lags, and with the lag before an uncertain request has settled.
    Duration late = creates ? minutes(random, 5) : null;
    return switch (random.nextInt(beyond && creates ? 13 : 11)) {
      case 0 -> new Fate("lost request", 0, null, null, true, false);
      case 1 -> new Fate("lost answer", 1, null, null, true, false);
      case 2 -> new Fate("lost, effect after " + late, 0, late, null, true, false);
      case 3 -> new Fate(status + ", effect after " + late, 0, late, status(status), false, false);
      case 4 -> new Fate(status + " after effect", 1, null, status(status), false, false);
      case 5 -> new Fate(status + " without effect", 0, null, status(status), false, false);
      case 6 -> new Fate("effect and 200 " + lie, 1, null, lie(lie), false, false);
      case 7 -> new Fate("200 " + lie, 0, null, lie(lie), false, false);
      case 8 -> new Fate("killed before", 0, null, null, false, true);
      case 9 -> new Fate("killed after", 1, null, null, false, true);
      case 10 -> new Fate("killed, effect after " + late, 0, late, null, false, true);
      case 11 -> new Fate("twice", 2, null, null, false, false);
      default -> new Fate("twice and lost", 2, null, null, true, false);
    };
  }
}
