package dev.tunebeam.launcher.command;

import dev.tunebeam.dataset.settings.CommandName;
import dev.tunebeam.dataset.settings.JobFlags;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.yaml.DashedNames;
import dev.tunebeam.launcher.process.Shell;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code completion SHELL}: a script that completes commands, flags and file names. Its words are
 * those of the commands, and for the jobs {@link JobFlags}.
 */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "docs/how-to.md says where it goes.")
public final class CompletionCommand implements Callable<Integer> {

  /** Without a word of its own for what is typed, the shell completes file names. */
  private static final String SCRIPT =
      """
      _tunebeam() {
        local word=${COMP_WORDS[COMP_CWORD]} known
        case $COMP_CWORD,$word,${COMP_WORDS[1]} in
          1,*) known='%s' ;;
          2,*,completion) known='%s' ;;
      %s
          *) return 0 ;;
        esac
        COMPREPLY=($(compgen -W "$known" -- "$word"))
      }
      complete -o default -F _tunebeam tunebeam
      """;

  /** With these, zsh understands scripts for bash. */
  private static final String FOR_ZSH =
      """
      autoload -Uz compinit bashcompinit
      (( $+functions[compdef] )) || compinit
      bashcompinit
      """;

  private static final String ZSH = "zsh";
  private static final List<String> SHELLS = List.of("bash", ZSH);

  private final Shell shell;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  private String name = "";

  /** Creates the command. */
  public CompletionCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    if (!SHELLS.contains(name)) {
      throw new ParameterException(
          spec.commandLine(), "the shell must be bash or zsh, not '%s'".formatted(name));
    }
    String flags =
        Stream.of(CommandName.values())
            .map(
                command ->
                    "    *,-*,%s) known='%s' ;;".formatted(command, String.join(" ", of(command))))
            .collect(Collectors.joining("\n"));
    shell
        .out()
        .print(
            (name.equals(ZSH) ? FOR_ZSH : "")
                + SCRIPT.formatted(
                    String.join(" ", DashedNames.of(CommandName.class)) + " --help --version",
                    String.join(" ", SHELLS),
                    flags));
    return ExitCode.SUCCEEDED.code();
  }

  private List<String> of(CommandName command) {
    if (command.isJob()) {
      return JobFlags.of(command);
    }
    CommandLine described =
        Objects.requireNonNull(spec.parent().subcommands().get(command.toString()));
    return described.getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .toList();
  }
}
