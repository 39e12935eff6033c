package dev.tunebeam.pipelines;

import dev.tunebeam.dataset.UnknownModelException;
import dev.tunebeam.dataset.Version;
import dev.tunebeam.dataset.monitoring.LogLines;
import dev.tunebeam.dataset.monitoring.RunMonitor;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Terminal;
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
import dev.tunebeam.pipelines.terminal.JsonDocument;
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
      default -> fail(ExitCode.WRONG_USE, CommandHelp.unknown(command));
    };
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
        args,
        (report, document) ->
            new PrepareCommand(arguments("prepare", args), report, err, clock, monitor, document)
                .run());
  }

  private ExitCode inspect(String[] args) {
    if (Arguments.askForHelp(args)) {
      out.print(JobHelp.inspect());
      return ExitCode.SUCCEEDED;
    }
    return explained(
        "inspect",
        RunMonitor.none(),
        args,
        (report, document) ->
            new InspectCommand(
                    arguments("inspect", args),
                    report == out ? questions : null,
                    report,
                    err,
                    clock,
                    document)
                .run());
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

  private interface Job {

    /**
     * Runs it.
     *
     * @param report where its report is printed
     * @param document gets its results
     */
    void run(PrintStream report, JsonDocument document) throws Exception;
  }

  /** Runs a job; turns every failure into a message and an exit code, and prints its JSON. */
  private ExitCode explained(String name, RunMonitor monitor, String[] args, Job job) {
    boolean json = Arguments.askForJson(args);
    JsonDocument document = new JsonDocument();
    ExitCode code = ExitCode.SUCCEEDED;
    String message = null;
    try {
      job.run(json ? err : out, document);
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
    if (json) {
      out.println(document.line(code, message));
    }
    return message == null ? code : fail(code, message);
  }

  private ExitCode fail(ExitCode code, String message) {
    err.println("tunebeam: " + message);
    return code;
  }
}
