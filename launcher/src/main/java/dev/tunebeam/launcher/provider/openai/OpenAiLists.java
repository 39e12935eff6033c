package dev.tunebeam.launcher.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.provider.Checkpoint;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.JobEvent;
import dev.tunebeam.launcher.provider.LiveModel;
import dev.tunebeam.launcher.provider.Page;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists of OpenAI's dialect: events and checkpoints of a job, and models. */
final class OpenAiLists {

  /** The page size. */
  static final int PAGE = 100;

  /** The maximum number of events read per job. */
  private static final int MOST_EVENT_PAGES = 100;

  private final Http http;

  OpenAiLists(Http http) {
    this.http = http;
  }

  /** The new events of a job, oldest first. */
  List<JobEvent> events(String path, Set<String> known) {
    Map<String, JobEvent> fresh = new LinkedHashMap<>();
    String after = null;
    for (int i = 0; i < MOST_EVENT_PAGES; i++) {
      Page<JobEvent> page = page(path + "/events", after, OpenAiJobs::event);
      int before = fresh.size();
      for (JobEvent event : page.items()) {
        after = event.id();
        if (!known.contains(event.id())) {
          fresh.putIfAbsent(event.id(), event);
        }
      }
      // Events come newest first, but not strictly: only a page of known events is the end.
      if (fresh.size() == before || !page.hasMore()) {
        break;
      }
    }
    List<JobEvent> events = new ArrayList<>(fresh.values());
    Collections.reverse(events);
    events.sort(Comparator.comparing(JobEvent::at));
    return events;
  }

  /** The checkpoints of a job, by step. */
  List<Checkpoint> checkpoints(String path) {
    Map<String, Checkpoint> checkpoints = new LinkedHashMap<>();
    String after = null;
    while (true) {
      Page<Checkpoint> page = page(path + "/checkpoints", after, OpenAiJobs::checkpoint);
      int before = checkpoints.size();
      for (Checkpoint checkpoint : page.items()) {
        checkpoints.put(checkpoint.id(), checkpoint);
        after = checkpoint.id();
      }
      if (checkpoints.size() == before || !page.hasMore()) {
        List<Checkpoint> sorted = new ArrayList<>(checkpoints.values());
        sorted.sort(Comparator.comparing(Checkpoint::step));
        return sorted;
      }
    }
  }

  private <T> Page<T> page(String path, @Nullable String after, Function<JsonNode, T> item) {
    return http.json(
        ApiRequest.get(path).with("limit", String.valueOf(PAGE)).with("after", after),
        json -> page(json, item));
  }

  /** A page of a list. */
  static <T> Page<T> page(JsonNode json, Function<JsonNode, T> item) {
    return new Page<>(Fields.list(json, "data", item), json.path("has_more").asBoolean());
  }

  /** The models of the account. */
  List<LiveModel> models() {
    return http.json(
        ApiRequest.get("models"),
        json ->
            Fields.list(
                json,
                "data",
                item ->
                    new LiveModel(
                        Fields.required(item, "id"),
                        Fields.optional(item, "owned_by"),
                        day(Fields.optional(item, "shutdown_date")))));
  }

  private static @Nullable LocalDate day(@Nullable String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
