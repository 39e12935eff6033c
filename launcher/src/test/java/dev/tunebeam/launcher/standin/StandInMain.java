package dev.tunebeam.launcher.standin;

import java.time.LocalDate;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Starts a {@link StandIn} by hand; it runs until it is ended. */
@CommandLine.Command(name = "stand-in", mixinStandardHelpOptions = true)
public final class StandInMain implements Runnable {
  @Option(names = "--port", defaultValue = "8080", description = "0 for a free one")
  private int port;

  @Option(names = "--key", defaultValue = StandIn.KEY, description = "the only key it accepts")
  private String key = StandIn.KEY;

  @Option(
      names = "--seconds-per-step",
      defaultValue = "0",
      description = "jobs move by the clock; 0: by each GET of a job")
  private double secondsPerStep;

  @Option(
      names = "--running-steps",
      defaultValue = "3",
      description = "moves that a running job takes")
  private int runningSteps;

  @Option(names = "--wrong-percent", defaultValue = "10", description = "prompts answered wrongly")
  private int wrongPercent;

  @Option(names = "--trainable", split = ",", description = "more models that can be trained")
  private String[] trainable = {};

  /** Runs until ended. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StandInMain()).execute(args));
  }

  @Override
  public void run() {
    StandIn standIn = StandIn.start(port, key);
    standIn
        .behaviour()
        .runningSteps(runningSteps)
        .wrongPercent(wrongPercent)
        .advanceByPolls(secondsPerStep <= 0);
    for (String model : trainable) {
      standIn.addBaseModel(model, LocalDate.of(2099, 12, 31).toString(), true);
    }
    System.out.println("url       " + standIn.url());
    System.out.println("azure     " + standIn.azureUrl());
    System.out.println("nebius    " + standIn.nebiusUrl());
    System.out.println("together  " + standIn.togetherUrl());
    System.out.println("fireworks " + standIn.fireworksUrl());
    System.out.println("key       " + standIn.key());
    System.out.println("azure's management API and login");
    System.out.println("          " + standIn.azureManagementUrl());
    System.out.println("          " + standIn.azureResource());
    System.out.println("          tenant 'tenant', client 'client', the key as its secret");
    System.out.flush();
    try {
      while (true) {
        TimeUnit.MILLISECONDS.sleep(secondsPerStep <= 0 ? 1000 : (long) (secondsPerStep * 1000));
        if (secondsPerStep > 0) {
          standIn.advance();
        }
      }
    } catch (InterruptedException e) {
      standIn.close();
      Thread.currentThread().interrupt();
    }
  }
}
