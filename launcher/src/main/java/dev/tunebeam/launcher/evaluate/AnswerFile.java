package dev.tunebeam.launcher.evaluate;

import static dev.tunebeam.launcher.process.LauncherException.wrongUse;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.inference.TokenProbability;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.OwnFile;
import dev.tunebeam.launcher.terminal.JsonOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The answers of an evaluation on disk, one JSON line per answer, so that none is paid for twice.
 * The header line identifies model, dataset and format; a file with another header is ignored.
 * Thread-safe.
 */
public final class AnswerFile implements AutoCloseable {

  /**
   * An answer.
   *
   * @param example its index in the validation split, from 0
   */
  public record Line(
      long example,
      String expected,
      String answer,
      List<TokenProbability> firstToken,
      long inputTokens,
      long outputTokens) {

    /** Earlier versions kept empty lines for prompts that were not answered. */
    private boolean isAnswer() {
      return !answer.isEmpty() || outputTokens > 0;
    }
  }

  /** Identifies the evaluation. */
  public record Header(String model, String dataset, String form) {}

  private final Path file;
  private final Map<Long, Line> lines = new TreeMap<>();
  private final BufferedWriter writer;

  private AnswerFile(Path file, Header header, boolean fresh) throws IOException {
    this.file = file;
    // Rewritten: a killed process may have left a partial last line.
    List<String> kept = fresh ? List.of() : read(file, header);
    StringBuilder all = new StringBuilder(JsonOutput.line(header)).append('\n');
    kept.forEach(line -> all.append(line).append('\n'));
    OwnFile.write(file, all.toString().getBytes(StandardCharsets.UTF_8));
    this.writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
  }

  /**
   * Opens a file and loads the answers in it.
   *
   * @param fresh whether to discard them
   */
  public static AnswerFile open(Path file, Header header, boolean fresh) {
    try {
      return new AnswerFile(file, header, fresh);
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private List<String> read(Path from, Header header) throws IOException {
    List<String> texts;
    try {
      texts = Files.readAllLines(from);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    if (texts.isEmpty() || !texts.get(0).equals(JsonOutput.line(header))) {
      return List.of();
    }
    List<String> kept = new ArrayList<>();
    for (int number = 2; number <= texts.size(); number++) {
      String text = texts.get(number - 1);
      try {
        Line line = JsonOutput.mapper().readValue(text, Line.class);
        if (line.isAnswer() && lines.put(line.example(), line) == null) {
          kept.add(text);
        }
      } catch (JsonProcessingException e) {
        if (number < texts.size()) {
          throw wrongUse(
              String.format(
                  Locale.ROOT,
                  "%s is corrupt in line %d; --fresh evaluates all examples again",
                  from,
                  number));
        }
      }
    }
    return kept;
  }

  /** The answers by example. */
  public synchronized Map<Long, Line> lines() {
    return new TreeMap<>(lines);
  }

  /** Appends an answer. */
  synchronized void add(Line line) {
    try {
      writer.write(JsonOutput.line(line) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw failed(file, e);
    }
    lines.put(line.example(), line);
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw failed(file, e);
    }
  }

  private static LauncherException failed(Path file, IOException e) {
    return new LauncherException(ExitCode.FAILED, "%s cannot be written: %s".formatted(file, e), e);
  }
}
