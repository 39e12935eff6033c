package dev.tunebeam.launcher.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.http.UnexpectedAnswerException;
import dev.tunebeam.launcher.process.ThreadPools;
import dev.tunebeam.launcher.provider.DatasetChangedException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.Page;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.SplitBody;
import dev.tunebeam.launcher.provider.UploadJournal;
import dev.tunebeam.launcher.provider.UploadJournal.Session;
import dev.tunebeam.launcher.provider.UploadParts;
import dev.tunebeam.launcher.provider.UploadParts.Part;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import okhttp3.MultipartBody;

/**
 * Files in OpenAI's dialect: {@code /files}, and multipart {@code /uploads} above 100 MB. Parts are
 * uploaded in parallel and retried individually.
 *
 * <p>One file because both ways lead to the same file, found by the same list.
 */
final class OpenAiFiles {

  /** Azure fails without an error message above about 150 MB per request. */
  static final long DIRECT = 100_000_000;

  private static final String PURPOSE = "fine-tune";
  private static final int PAGE = 1000;
  private static final int AT_ONCE = 4;

  /** An upload expires after an hour; with less than this left, a new one is started. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  private final Http http;
  private final Clock clock;
  private final long direct;
  private final long largestPart;

  /**
   * Creates the client.
   *
   * @param direct maximum bytes of one request; larger files use multipart uploads
   * @param largestPart maximum bytes of a part
   */
  OpenAiFiles(Http http, Clock clock, long direct, long largestPart) {
    this.http = http;
    this.clock = clock;
    this.direct = direct;
    this.largestPart = largestPart;
  }

  Optional<RemoteFile> find(DatasetFile file) {
    return first(file::isAt);
  }

  /** All training files, in the provider's order: newest first. */
  List<RemoteFile> all() {
    List<RemoteFile> all = new ArrayList<>();
    first(
        file -> {
          all.add(file);
          return false;
        });
    return all;
  }

  private Optional<RemoteFile> first(Predicate<RemoteFile> wanted) {
    String after = null;
    Set<String> seen = new HashSet<>();
    while (true) {
      Page<Listed> page =
          http.json(
              ApiRequest.get("files")
                  .with("purpose", PURPOSE)
                  .with("limit", String.valueOf(PAGE))
                  .with("after", after),
              json -> OpenAiLists.page(json, Listed::of));
      List<Listed> items = page.items();
      for (Listed item : items) {
        if (item.usable() && wanted.test(item.file())) {
          return Optional.of(item.file());
        }
      }
      after = items.isEmpty() ? "" : items.get(items.size() - 1).file().id();
      // A provider without pagination returns the first page again.
      if (!page.hasMore() || !seen.add(after)) {
        return Optional.empty();
      }
    }
  }

  boolean holds(RemoteFile file) {
    try {
      return http.json(
          ApiRequest.get("files/" + file.id()),
          json -> {
            Fields.requireSame(json, "id", file.id());
            return Listed.of(json).usable();
          });
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
      return false;
    }
  }

  void delete(RemoteFile file) {
    http.delete("files/" + file.id());
  }

  RemoteFile upload(DatasetFile file, UploadJournal journal) {
    if (file.bytes() > direct) {
      return inParts(file, journal);
    }
    MultipartBody body =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart("purpose", PURPOSE)
            .addFormDataPart("file", file.name(), SplitBody.of(file, journal.progress()))
            .build();
    return http.json(
        ApiRequest.create("files", body),
        json -> {
          Fields.requireSame(json, "filename", file.name());
          return remote(json);
        });
  }

  private RemoteFile inParts(DatasetFile file, UploadJournal journal) {
    Session known = journal.session(file.hash());
    if (known != null && clock.instant().isBefore(known.expiresAt().minus(MARGIN))) {
      try {
        return inParts(file, journal, known);
      } catch (RefusedException e) {
        if (e.status() != 404 && e.status() != 400) {
          throw e;
        }
        // The upload has expired; start a new one.
      }
    }
    return inParts(file, journal, begin(file, journal));
  }

  private Session begin(DatasetFile file, UploadJournal journal) {
    Session session =
        http.json(
            ApiRequest.post(
                "uploads",
                Json.object()
                    .put("filename", file.name())
                    .put("purpose", PURPOSE)
                    .put("bytes", file.bytes())
                    .put("mime_type", "text/jsonl")),
            upload ->
                new Session(
                    Fields.required(upload, "id"),
                    file.hash(),
                    upload.path("expires_at").isNumber()
                        ? Instant.ofEpochSecond(upload.path("expires_at").asLong())
                        : clock.instant().plus(Duration.ofHours(1)),
                    new TreeMap<>()));
    journal.save(session);
    return session;
  }

  private RemoteFile inParts(DatasetFile file, UploadJournal journal, Session begun) {
    List<Part> parts = UploadParts.of(file, largestPart);
    Progress session = new Progress(begun, journal);
    LongConsumer there = journal.progress();
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (Part part : parts) {
        if (begun.parts().containsKey(part.number())) {
          there.accept(part.length());
        } else {
          sending.add(threads.submit(() -> session.add(part, send(file, begun, part, there))));
        }
      }
      for (Future<?> part : sending) {
        part.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DatasetChangedException changed) {
        ThreadPools.end(threads);
        cancel(begun);
        throw changed;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      ThreadPools.end(threads);
    }
    var ids = Json.object();
    session.ids().forEach(ids.putArray("part_ids")::add);
    return http.json(
        ApiRequest.create("uploads/" + begun.id() + "/complete", ids),
        upload -> {
          long bytes = upload.path("file").path("bytes").asLong(file.bytes());
          if (bytes != file.bytes()) {
            throw new UnexpectedAnswerException(
                String.format(
                    Locale.ROOT, "the file has %d bytes instead of %d", bytes, file.bytes()));
          }
          return remote(upload.path("file"));
        });
  }

  private void cancel(Session upload) {
    try {
      http.json(ApiRequest.post("uploads/" + upload.id() + "/cancel", Json.object()));
    } catch (RefusedException e) {
      if (e.status() != 404 && e.status() != 400) { // it has expired
        throw e;
      }
    }
  }

  private String send(DatasetFile file, Session session, Part part, LongConsumer there) {
    // Counted when uploaded, so that a retried part is not counted twice.
    LongConsumer nobody = bytes -> {};
    MultipartBody body =
        new MultipartBody.Builder()
            .setType(MultipartBody.FORM)
            .addFormDataPart(
                "data", file.name(), new SplitBody(file, part.offset(), part.length(), nobody))
            .build();
    String id =
        http.json(
            ApiRequest.post("uploads/" + session.id() + "/parts", body),
            json -> Fields.required(json, "id"));
    there.accept(part.length());
    return id;
  }

  static RemoteFile remote(JsonNode file) {
    return new RemoteFile(
        Fields.required(file, "id"), file.path("filename").asText(), file.path("bytes").asLong());
  }

  /** A file in the list, and whether the provider took it. */
  private record Listed(RemoteFile file, boolean usable) {
    static Listed of(JsonNode json) {
      return new Listed(remote(json), !json.path("status").asText().equals("error"));
    }
  }

  /** The session, saved after each part. */
  private static final class Progress {
    private Session session;
    private final UploadJournal journal;

    Progress(Session session, UploadJournal journal) {
      this.session = session;
      this.journal = journal;
    }

    synchronized void add(Part part, String id) {
      session = session.with(part.number(), id);
      journal.save(session);
    }

    synchronized List<String> ids() {
      return List.copyOf(session.parts().values());
    }
  }
}
