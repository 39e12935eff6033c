package dev.tunebeam.dataset.monitoring;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.dataset.terminal.Figures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The message to a chat channel: one field {@code text}, which Slack, Mattermost, Rocket.Chat,
 * Google Chat and Teams' workflows take; others than that some of them refuse. Pure functions.
 */
final class ChatMessage {

  private static final JsonMapper JSON = new JsonMapper();

  private static final int LONGEST_ERROR = 500;

  private ChatMessage() {}

  /**
   * The body of the request.
   *
   * @param lines figures of the run
   * @param error why it failed; null if it did not
   */
  static String json(
      String pipeline,
      String command,
      int exitCode,
      Duration time,
      List<String> lines,
      @Nullable String error) {
    StringBuilder text =
        new StringBuilder("%s: %s %s".formatted(pipeline, command, outcome(exitCode, time)));
    if (error != null) {
      text.append('\n').append(error, 0, Math.min(error.length(), LONGEST_ERROR));
    }
    lines.forEach(line -> text.append('\n').append(line));
    try {
      return JSON.writeValueAsString(Map.of("text", escaped(text.toString())));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a text is valid JSON", e);
    }
  }

  /** What a dataset is, in lines for the message. */
  static List<String> lines(Manifest manifest) {
    BigDecimal usd = manifest.cost().usd();
    return List.of(
        "%s training and %s validation examples, %s rejected, %s"
            .formatted(
                Figures.count(manifest.rows().train()),
                Figures.count(manifest.rows().validation()),
                Figures.count(manifest.rows().rejected().total()),
                usd == null
                    ? "price unknown"
                    : "about %s at %s/%s"
                        .formatted(
                            Figures.dollars(usd),
                            manifest.cost().provider(),
                            manifest.cost().model())),
        "digest " + manifest.digest());
  }

  private static String outcome(int exitCode, Duration time) {
    if (exitCode == ExitCode.SUCCEEDED.code()) {
      return "succeeded in " + Figures.duration(time);
    }
    return exitCode == ExitCode.NOTHING_NEW.code()
        ? "found nothing new"
        : "failed with exit code %s".formatted(exitCode);
  }

  /** As Slack asks for it; without, a text could mention everybody in the channel. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
