package dev.tunebeam.launcher.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.provider.DatasetFile;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import okhttp3.MultipartBody;

/**
 * Files in OpenAI's dialect: {@code /files}, and multipart {@code /uploads} above 100 MB. Parts are
 * uploaded in parallel and retried individually; the provider verifies order and MD5 when the
 * upload is completed.
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
    String after = null;
    Set<String> seen = new HashSet<>();
    while (true) {
      JsonNode page =
          http.json(
              ApiRequest.get("files")
                  .with("purpose", PURPOSE)
                  .with("limit", String.valueOf(PAGE))
                  .with("after", after));
      JsonNode items = page.path("data");
      for (JsonNode item : items) {
        if (item.path("filename").asText().equals(file.name())
            && item.path("bytes").asLong() == file.bytes()
            && !item.path("status").asText().equals("error")) {
          return Optional.of(remote(item));
        }
      }
      after = items.path(items.size() - 1).path("id").asText();
      // A provider without pagination returns the first page again.
      if (!page.path("has_more").asBoolean() || !seen.add(after)) {
        return Optional.empty();
      }
    }
  }

  boolean holds(RemoteFile file) {
    try {
      return !http.json(ApiRequest.get("files/" + file.id()))
          .path("status")
          .asText()
          .equals("error");
    } catch (RefusedException e) {
      if (e.status() != 404) {
        throw e;
      }
      return false;
    }
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
    return remote(http.json(ApiRequest.create("files", body)));
  }

  private RemoteFile inParts(DatasetFile file, UploadJournal journal) {
    Session known = journal.session(file.sha256());
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
    JsonNode upload =
        http.json(
            ApiRequest.post(
                "uploads",
                Json.object()
                    .put("filename", file.name())
                    .put("purpose", PURPOSE)
                    .put("bytes", file.bytes())
                    .put("mime_type", "text/jsonl")));
    Instant expires =
        upload.path("expires_at").isNumber()
            ? Instant.ofEpochSecond(upload.path("expires_at").asLong())
            : clock.instant().plus(Duration.ofHours(1));
    Session session =
        new Session(OpenAiJobs.id(upload, "upload"), file.sha256(), expires, new TreeMap<>());
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
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      end(threads);
    }
    var ids = Json.object().put("md5", file.md5());
    session.ids().forEach(ids.putArray("part_ids")::add);
    JsonNode upload = http.json(ApiRequest.create("uploads/" + begun.id() + "/complete", ids));
    return remote(upload.path("file"));
  }

  /** Waits for parts in flight; nothing is saved after this returns. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow(); // interrupts threads that wait for a retry
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
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
    JsonNode sent = http.json(ApiRequest.post("uploads/" + session.id() + "/parts", body));
    there.accept(part.length());
    return OpenAiJobs.id(sent, "part");
  }

  static RemoteFile remote(JsonNode file) {
    return new RemoteFile(
        OpenAiJobs.id(file, "file"), file.path("filename").asText(), file.path("bytes").asLong());
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
