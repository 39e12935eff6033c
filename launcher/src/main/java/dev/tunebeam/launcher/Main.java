package dev.tunebeam.launcher;

import dev.tunebeam.dataset.monitoring.LogLines;
import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.settings.FlagName;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Nearest;
import dev.tunebeam.dataset.terminal.ShellCommand;
import dev.tunebeam.dataset.terminal.Terminal;
import dev.tunebeam.dataset.terminal.TerminalText;
import dev.tunebeam.launcher.command.AskCommand;
import dev.tunebeam.launcher.command.CheckpointsCommand;
import dev.tunebeam.launcher.command.CompletionCommand;
import dev.tunebeam.launcher.command.DeleteCommand;
import dev.tunebeam.launcher.command.DeployCommand;
import dev.tunebeam.launcher.command.EvaluateCommand;
import dev.tunebeam.launcher.command.FollowCommand;
import dev.tunebeam.launcher.command.JobCommands;
import dev.tunebeam.launcher.command.JobsCommand;
import dev.tunebeam.launcher.command.LaunchCommand;
import dev.tunebeam.launcher.command.ModelsCommand;
import dev.tunebeam.launcher.command.PromoteCommand;
import dev.tunebeam.launcher.command.RegistryCommand;
import dev.tunebeam.launcher.command.ResultsCommand;
import dev.tunebeam.launcher.command.RollbackCommand;
import dev.tunebeam.launcher.command.RunCommand;
import dev.tunebeam.launcher.command.UndeployCommand;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Shell;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The launcher's command line: an exit code for each outcome, and a message for every failure. */
@Command(name = "tunebeam")
public final class Main {

  private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private final Shell shell;

  Main(Shell shell) {
    this.shell = shell;
  }

  /** Runs a command and ends the JVM with its {@link ExitCode}. */
  public static void main(String[] args) {
    // Of libraries: Beam would write numbers in the digits of the locale.
    Locale.setDefault(Locale.ROOT);
    Map<String, String> variables = System.getenv();
    Clock clock = Clock.system(ZoneId.systemDefault());
    Shell shell =
        new Shell(
            variables,
            utf8(FileDescriptor.out),
            LogLines.of(
                utf8(FileDescriptor.err), args.length == 0 ? "" : args[0], variables, clock),
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
            Terminal.isAttended(),
            clock,
            Path.of(""));
    int code = new Main(shell).run(args);
    shell.out().flush();
    shell.err().flush();
    System.exit(code);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Runs a command and returns its exit code. */
  int run(String... args) {
    CommandLine commands = commands(args);
    CommandLine command = args.length == 0 ? null : commands.getSubcommands().get(args[0]);
    List<String> flags =
        command == null
            ? List.of()
            : command.getCommandSpec().options().stream()
                .map(option -> option.longestName().replaceFirst("^--", ""))
                .toList();
    return commands.execute(
        Stream.of(args).map(argument -> FlagName.shown(argument, flags)).toArray(String[]::new));
  }

  /** Builds the command line. */
  CommandLine commands(String... args) {
    CommandLine commands = new CommandLine(this);
    commands
        // A command line of its own is what picocli lets a transformer add flags to.
        .addSubcommand(new CommandLine(new RunCommand(shell)))
        .addSubcommand(new CommandLine(new LaunchCommand(shell)))
        .addSubcommand(new FollowCommand(shell))
        .addSubcommand(new JobsCommand(shell))
        .addSubcommand(new CheckpointsCommand(shell))
        .addSubcommand(new ResultsCommand(shell))
        .addSubcommand(new DeployCommand(shell))
        .addSubcommand(new UndeployCommand(shell))
        .addSubcommand(new AskCommand(shell))
        .addSubcommand(new EvaluateCommand(shell))
        .addSubcommand(new PromoteCommand(shell))
        .addSubcommand(new RollbackCommand(shell))
        .addSubcommand(new RegistryCommand(shell))
        .addSubcommand(new ModelsCommand(shell))
        .addSubcommand(new DeleteCommand(shell))
        .addSubcommand(new CompletionCommand(shell));
    JobCommands.all(shell).forEach(commands::addSubcommand);
    commands.getSubcommands().forEach(Main::explain);
    return commands
        .setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8))
        .registerConverter(Duration.class, Main::duration)
        .registerConverter(BigDecimal.class, Main::number)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(this::wrongUse)
        .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, args).code())
        .setExitCodeExceptionMapper(failure -> ExitCode.FAILED.code());
  }

  /** Completes the help: what the command does, before what is said of it here, and its codes. */
  private static void explain(String name, CommandLine command) {
    UsageMessageSpec help = command.getCommandSpec().usageMessage();
    String text = CommandName.valueOf(name.toUpperCase(Locale.ROOT)).text();
    help.description(
        String.join(" ", Stream.concat(Stream.of(text), Stream.of(help.description())).toList()));
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      if (!ExitCode.OF_RUN.contains(code) || command.getCommand() instanceof RunCommand) {
        codes.put(String.valueOf(code.code()), code.meaning());
      }
    }
    help.exitCodeListHeading("Exit codes%n").exitCodeList(codes);
  }

  private static BigDecimal number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new TypeConversionException("a number such as 10 or 2.50, not '" + text + "'");
    }
  }

  private static Duration duration(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw new TypeConversionException("a time such as 500ms, 10s, 30m or 2h, not '" + text + "'");
    }
    long number = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private int wrongUse(ParameterException e, String[] args) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
      String first = unmatched.getUnmatched().get(0);
      if (e.getCommandLine().getParent() == null && !first.startsWith("-")) {
        return fail(ExitCode.WRONG_USE, unknownCommand(first, e.getCommandLine()), args).code();
      }
      List<String> flags =
          e.getCommandLine().getCommandSpec().options().stream()
              .map(CommandLine.Model.OptionSpec::longestName)
              .toList();
      int equals = first.indexOf('=');
      message =
          first.startsWith("-")
              ? "unknown flag %s%s"
                  .formatted(
                      first,
                      Nearest.of(equals < 0 ? first : first.substring(0, equals), flags)
                          .map(near -> "; did you mean " + near + "?")
                          .orElse(""))
              : "unexpected argument '%s'".formatted(first);
    }
    return fail(
            ExitCode.WRONG_USE,
            message.strip()
                + (e.getCommandLine().getParent() == null
                    ? "; %s lists the commands".formatted(ShellCommand.tunebeam("--help"))
                    : "; %s lists the flags"
                        .formatted(
                            ShellCommand.tunebeam(e.getCommandLine().getCommandName(), "--help"))),
            args)
        .code();
  }

  private static String unknownCommand(String name, CommandLine commands) {
    return "unknown command '%s'%s; %s lists all commands"
        .formatted(
            name,
            Nearest.of(name, commands.getSubcommands().keySet())
                .map(near -> "; did you mean " + near + "?")
                .orElse(""),
            ShellCommand.tunebeam("--help"));
  }

  private ExitCode failed(Exception failure, String... args) {
    if (failure instanceof LauncherException known) {
      return fail(known.exitCode(), known.text(), args);
    }
    StringBuilder where = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      where.append(where.isEmpty() ? "" : ", caused by ").append(t);
    }
    return fail(ExitCode.FAILED, "unexpected error: " + where, args);
  }

  private ExitCode fail(ExitCode code, String message, String... args) {
    // The message may contain text from a provider or a file.
    shell.err().println("tunebeam: " + TerminalText.printable(message));
    if (Arrays.asList(args).contains("--json")) {
      shell
          .out()
          .println(
              JsonOutput.line(
                  Map.of("error", Map.of("message", message, "exitCode", code.code()))));
    }
    return code;
  }
}
