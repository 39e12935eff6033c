package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.dataset.Version;
import dev.tunebeam.dataset.monitoring.LogLines;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.terminal.Terminal;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.dataset.yaml.StrictYaml.BadYamlException;
import dev.tunebeam.pipelines.inspect.InspectCommand;
import dev.tunebeam.pipelines.inspect.YesNoPrompt;
import dev.tunebeam.pipelines.prepare.ErrorMessages;
import dev.tunebeam.pipelines.prepare.JobFailedException;
import dev.tunebeam.pipelines.prepare.Preload;
import dev.tunebeam.pipelines.prepare.PrepareCommand;
import dev.tunebeam.pipelines.recipe.Arguments;
import dev.tunebeam.pipelines.recipe.JobHelp;
import dev.tunebeam.pipelines.recipe.UsageException;
import dev.tunebeam.transforms.read.input.UnusableInputException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The entry point: runs the command and turns every failure into a message and an exit code. */
public final class Main {

  private final PrintStream out;
  private final PrintStream err;
  private final Clock clock;
  private final Map<String, String> variables;
  private final @Nullable YesNoPrompt questions;

  /**
   * Creates the entry point.
   *
   * @param variables the environment
   * @param questions asks the user; null if not interactive
   */
  Main(
      PrintStream out,
      PrintStream err,
      Clock clock,
      Map<String, String> variables,
      @Nullable YesNoPrompt questions) {
    this.variables = variables;
    this.questions = questions;
    this.out = out;
    this.err = err;
    this.clock = clock;
  }

  /** Runs a command and ends the JVM with its {@link ExitCode}. */
  public static void main(String[] args) {
    // Of libraries: Beam would write numbers in the digits of the locale.
    Locale.setDefault(Locale.ROOT);
    Logs.toFile(args);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Logs.discardEmpty(args)));
    PrintStream out = utf8(FileDescriptor.out);
    Clock clock = Clock.system(ZoneId.systemDefault());
    Map<String, String> variables = System.getenv();
    PrintStream err =
        LogLines.of(utf8(FileDescriptor.err), args.length == 0 ? "" : args[0], variables, clock);
    Main main = new Main(out, err, clock, variables, questions(out));
    ExitCode code = isJob(args) ? main.inTemporaryFolder(args) : main.run(args);
    out.flush();
    err.flush();
    if (code == ExitCode.SUCCEEDED) {
      Logs.discard(args);
    }
    System.exit(code.code());
  }

  private static @Nullable YesNoPrompt questions(PrintStream out) {
    if (!Terminal.isAttended()) {
      return null;
    }
    return new YesNoPrompt(
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())), out);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  private static boolean isJob(String... args) {
    return args.length > 0
        && (args[0].equals("prepare") || args[0].equals("inspect"))
        && !Arguments.askForHelp(args);
  }

  private ExitCode inTemporaryFolder(String... args) {
    TemporaryFolder folder;
    try {
      folder = TemporaryFolder.open();
    } catch (IOException e) {
      return fail(
          ExitCode.FAILED,
          "the temporary folder %s cannot be used: %s; name another one with TUNEBEAM_OPTS=-Djava.io.tmpdir=FOLDER"
              .formatted(System.getProperty("java.io.tmpdir"), temporaryProblem(e)));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(folder::close));
    return run(args);
  }

  private static String temporaryProblem(IOException failure) {
    return failure instanceof AccessDeniedException
        ? "no permission to write in it"
        : String.valueOf(failure.getMessage());
  }

  /** Runs a command. */
  ExitCode run(String... args) {
    String command = args.length == 0 ? "--help" : args[0];
    String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
    return switch (command) {
      case "prepare" -> prepare(rest);
      case "inspect" -> inspect(rest);
      case "--help", "-h", "help" -> help();
      case "--version" -> {
        out.println("tunebeam " + Version.current());
        yield ExitCode.SUCCEEDED;
      }
      default -> fail(ExitCode.WRONG_USE, unknown(command));
    };
  }

  private static String unknown(String command) {
    if (DashedNames.of(CommandName.class).contains(command)) {
      return "%s is a command of the launcher, to which only the start script leads: %s"
          .formatted(command, ShellCommand.tunebeam(command));
    }
    if (command.startsWith("--")) {
      return "%s: the command comes first: %s"
          .formatted(command, ShellCommand.tunebeam("prepare", command));
    }
    return "there is no command '%s'; %s"
        .formatted(
            command,
            Nearest.of(command, DashedNames.of(CommandName.class))
                .map(near -> "did you mean %s?".formatted(near))
                .orElse(ShellCommand.tunebeam("--help") + " lists the commands"));
  }

  private ExitCode help() {
    out.print(CommandHelp.text());
    return ExitCode.SUCCEEDED;
  }

  private ExitCode prepare(String[] args) {
    if (Arguments.askForHelp(args)) {
      out.print(JobHelp.prepare());
      return ExitCode.SUCCEEDED;
    }
    RunMonitor monitor =
        isDryRun(args)
            ? RunMonitor.none()
            : RunMonitor.begin("prepare", Version.current(), variables, clock, this::warn);
    return explained(
        "prepare",
        monitor,
        () -> new PrepareCommand(arguments("prepare", args), out, err, clock, monitor).run());
  }

  private ExitCode inspect(String[] args) {
    if (Arguments.askForHelp(args)) {
      out.print(JobHelp.inspect());
      return ExitCode.SUCCEEDED;
    }
    return explained(
        "inspect",
        RunMonitor.none(),
        () -> new InspectCommand(arguments("inspect", args), questions, out, err, clock).run());
  }

  private static boolean isDryRun(String... args) {
    return Stream.of(args).anyMatch(arg -> arg.matches("(?i)--dry-?run(=true)?"));
  }

  private void warn(String line) {
    err.println("tunebeam: warning: " + line);
  }

  private static Arguments arguments(String command, String[] args) {
    // Loads Beam's classes, half a second's work, while flags and recipe are read.
    Preload.start(Pipeline::create);
    Arguments arguments = Arguments.parse(command, args);
    Runners.configure(arguments.options(), arguments.beam()::contains);
    return arguments;
  }

  private interface Command {

    void run() throws Exception;
  }

  /** Runs a command; turns every failure into a message and an exit code. */
  private ExitCode explained(String name, RunMonitor monitor, Command command) {
    ExitCode code;
    String message;
    try {
      command.run();
      monitor.end(ExitCode.SUCCEEDED.code(), null);
      return ExitCode.SUCCEEDED;
    } catch (UsageException | BadYamlException | UnknownModelException | UnusableInputException e) {
      code = ExitCode.WRONG_USE;
      message = String.valueOf(e.getMessage());
    } catch (JobFailedException e) {
      code = e.exitCode();
      message = String.valueOf(e.getMessage());
    } catch (Exception | OutOfMemoryError | StackOverflowError | LinkageError e) {
      // Spark throws checked exceptions that it does not declare.
      LoggerFactory.getLogger(Main.class).error("{} failed", name, e);
      code = ExitCode.FAILED;
      message = ErrorMessages.cause(e) + "; the log is in " + Logs.file();
    }
    monitor.end(code.code(), message);
    return fail(code, message);
  }

  private ExitCode fail(ExitCode code, String message) {
    err.println("tunebeam: " + message);
    return code;
  }
}
