package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.inference.Answer;
import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.process.IoReason;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.LockFile;
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The answers of a model on disk, by question and not by dataset, so that none is paid for twice
 * over many datasets. The file has a line of JSON for the model, then one for each answer; lines
 * are only ever appended, each as it arrives, and of two to one question the later counts. It holds
 * the hash of a question, not its text, and no key. Mode 0600.
 *
 * <p>A process that is killed leaves at most a part of a line, which the next one removes. Other
 * lines that cannot be read are left out and told.
 */
public final class KeptAnswers {

  private static final int LONGEST_NAME = 100;

  /**
   * Who answers. Two sources with another value in one of these have nothing in common.
   *
   * @param deployed whether the model is asked through a deployment that was found by the model; a
   *     model that is asked by the name of a deployment may be another one later
   */
  public record Source(String model, String provider, String baseUrl, boolean deployed) {}

  /** A line of the file. */
  private record Line(
      String question,
      String answer,
      List<TokenProbability> firstToken,
      long inputTokens,
      long outputTokens) {

    private Line(String question, Answer answer) {
      this(
          question,
          answer.text(),
          answer.firstToken(),
          answer.inputTokens(),
          answer.outputTokens());
    }

    private boolean isWhole() {
      return question != null && answer != null && firstToken != null;
    }

    private Answer toAnswer() {
      return new Answer(answer, firstToken, false, inputTokens, outputTokens);
    }
  }

  /** Appends answers. Thread-safe. */
  public final class Appender {

    private final SeekableByteChannel channel;

    private Appender(SeekableByteChannel channel) {
      this.channel = channel;
    }

    /** Returns when the answer would survive the end of the process. */
    public synchronized void add(String question, Answer answer) {
      try {
        write(channel, new Line(question, answer));
      } catch (IOException e) {
        throw failed(e);
      }
    }
  }

  private final Path file;
  private final Source source;

  /**
   * The answers of a source; they need not exist yet.
   *
   * @param folder of all answers
   */
  public KeptAnswers(Path folder, Source source) {
    this.source = source;
    String model = source.model().replaceAll("[^A-Za-z0-9._-]+", "-");
    String hash = Sha256.of(JsonOutput.line(source)).substring(0, 12);
    this.file =
        folder.resolve(
            model.substring(0, Math.min(LONGEST_NAME, model.length())) + "-" + hash + ".jsonl");
  }

  /**
   * The answers to questions, in memory.
   *
   * @param tell is told what is damaged
   */
  public Map<String, Answer> to(Set<String> questions, Consumer<String> tell) {
    Map<String, Answer> answers = new HashMap<>();
    long damaged = 0;
    // Malformed bytes are replaced; they are in a line that is damaged anyway.
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      requireSource(lines.readLine());
      String line = lines.readLine();
      while (line != null) {
        String next = lines.readLine();
        Line read = parsed(line);
        if (read == null) {
          damaged += next == null ? 0 : 1; // the last one may be half written
        } else if (questions.contains(read.question())) {
          answers.put(read.question(), read.toAnswer());
        }
        line = next;
      }
    } catch (NoSuchFileException e) {
      return answers;
    } catch (IOException e) {
      throw wrongUse("%s cannot be read: %s".formatted(file, IoReason.of(e)));
    }
    if (damaged > 0) {
      tell.accept(
          "%s of %s cannot be read and %s left out"
              .formatted(
                  Figures.counted(damaged, "line", "lines"), file, damaged == 1 ? "is" : "are"));
    }
    return answers;
  }

  /**
   * Lets an action append answers; no other process appends meanwhile.
   *
   * @param patience how long to wait for another process
   */
  public <T> T appending(Duration patience, Waiting waiting, Function<Appender, T> action) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
    } catch (IOException e) {
      throw failed(e);
    }
    String name = file.getFileName().toString();
    return LockFile.holding(
        file.resolveSibling("." + name + ".lock"),
        name,
        patience,
        waiting,
        "asking " + source.model(),
        () -> {
          try (SeekableByteChannel channel = OwnFile.open(file)) {
            begin(channel);
            return action.apply(new Appender(channel));
          } catch (IOException e) {
            throw failed(e);
          }
        });
  }

  /** Removes a part of a line, and begins a new file. */
  private void begin(SeekableByteChannel channel) throws IOException {
    long end = channel.size();
    ByteBuffer last = ByteBuffer.allocate(1);
    while (end > 0) {
      channel.position(end - 1);
      last.clear();
      channel.read(last);
      if (last.get(0) == '\n') {
        break;
      }
      end--;
    }
    channel.truncate(end);
    channel.position(end);
    if (end == 0) {
      write(channel, source);
    }
  }

  private static void write(SeekableByteChannel channel, Object line) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap((JsonOutput.line(line) + "\n").getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void requireSource(@Nullable String line) {
    JsonNode json = line == null ? null : Json.parse(line);
    if (line != null && (json == null || !json.equals(Json.parse(JsonOutput.line(source))))) {
      throw wrongUse(
          "%s does not begin with the model %s, whose answers it should have: move it away, and"
                  .formatted(file, source.model())
              + " its questions are asked again");
    }
  }

  private static @Nullable Line parsed(String text) {
    try {
      Line line = JsonOutput.mapper().readValue(text, Line.class);
      return line != null && line.isWhole() ? line : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private LauncherException failed(IOException e) {
    return new LauncherException(
        ExitCode.FAILED, "%s cannot be written: %s".formatted(file, IoReason.of(e)), e);
  }
}
