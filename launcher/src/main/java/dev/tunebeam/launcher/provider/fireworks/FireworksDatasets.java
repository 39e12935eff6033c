package dev.tunebeam.launcher.provider.fireworks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tunebeam.dataset.FilePath;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.RefusedException;
import dev.tunebeam.launcher.process.LauncherException;
import dev.tunebeam.launcher.process.Waiting;
import dev.tunebeam.launcher.provider.DatasetChangedException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.SplitBody;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MultipartBody;

/**
 * Datasets at Fireworks: creates a record with a client-side name, uploads its bytes (up to 150 MB
 * in one request, above that to a signed URL), then waits until it is ready. The name contains the
 * content's hash, so the same bytes are never uploaded twice.
 */
final class FireworksDatasets {

  /** The maximum size of {@code :upload}. */
  static final long DIRECT = 150_000_000;

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
  private static final int MOST_LOOKS = 150;

  private final Http http;
  private final Waiting waiting;
  private final String account;

  /**
   * The datasets of an account.
   *
   * @param account {@code accounts/NAME}
   */
  FireworksDatasets(Http http, Waiting waiting, String account) {
    this.http = http;
    this.waiting = waiting;
    this.account = account;
  }

  /** A ready dataset with these bytes; one without bytes is ignored. */
  Optional<RemoteFile> find(DatasetFile file) {
    try {
      return state(file).equals("READY") ? Optional.of(remote(file)) : Optional.empty();
    } catch (RefusedException e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  RemoteFile upload(DatasetFile file, UploadJournal journal) {
    ObjectNode record = Json.object().put("datasetId", id(file));
    record
        .putObject("dataset")
        .put("exampleCount", String.valueOf(file.examples()))
        .putObject("userUploaded");
    try {
      http.json(ApiRequest.post("datasets", record));
    } catch (RefusedException e) {
      if (e.status() != 409) {
        throw e;
      }
      // It exists from an interrupted upload.
    }
    try {
      send(file, journal);
    } catch (DatasetChangedException e) {
      delete(remote(file));
      throw e;
    }
    awaitReady(file);
    return remote(file);
  }

  void delete(RemoteFile file) {
    http.delete("datasets/" + FilePath.name(file.id()));
  }

  private void send(DatasetFile file, UploadJournal journal) {
    if (file.bytes() <= DIRECT) {
      MultipartBody body =
          new MultipartBody.Builder()
              .setType(MultipartBody.FORM)
              .addFormDataPart("file", file.name(), SplitBody.of(file, journal.progress()))
              .build();
      http.bytes(ApiRequest.create(path(file) + ":upload", body));
    } else {
      toSignedAddress(file, journal);
    }
  }

  private void toSignedAddress(DatasetFile file, UploadJournal journal) {
    ObjectNode sizes = Json.object();
    sizes.putObject("filenameToSize").put(file.name(), String.valueOf(file.bytes()));
    String address =
        http.json(ApiRequest.post(path(file) + ":getUploadEndpoint", sizes))
            .path("filenameToSignedUrls")
            .path(file.name())
            .asText();
    HttpUrl signed = HttpUrl.parse(address);
    // Without a URL the validation reports missing bytes.
    if (signed != null) {
      http.put(
          signed,
          SplitBody.binary(file, journal.progress()),
          Headers.of(
              "x-goog-content-length-range",
              String.format(Locale.ROOT, "%1$d,%1$d", file.bytes())));
    }
    http.json(ApiRequest.post(path(file) + ":validateUpload", Json.object()));
  }

  /** Waits until the dataset is ready. */
  private void awaitReady(DatasetFile file) {
    for (int look = 0; look < MOST_LOOKS; look++) {
      if (!state(file).equals("UPLOADING")) {
        return;
      }
      try {
        waiting.announce(
            "Fireworks is processing the %s split".formatted(file.split()), BETWEEN_LOOKS);
        waiting.sleep(BETWEEN_LOOKS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new LauncherException(ExitCode.TRY_LATER, "interrupted while waiting", e);
      }
    }
    throw new LauncherException(
        ExitCode.TRY_LATER,
        "Fireworks is still processing %s; run the same command later to resume"
            .formatted(id(file)));
  }

  private String state(DatasetFile file) {
    JsonNode dataset =
        http.json(
            ApiRequest.get(path(file)),
            json -> {
              Fields.required(json, "state");
              return json;
            });
    String code = dataset.path("status").path("code").asText("OK");
    if (!code.equals("OK") && !code.isEmpty() && !dataset.path("state").asText().equals("READY")) {
      throw new LauncherException(
          ExitCode.REFUSED,
          "Fireworks rejected %s: %s %s"
              .formatted(id(file), code, dataset.path("status").path("message").asText()));
    }
    return dataset.path("state").asText();
  }

  private RemoteFile remote(DatasetFile file) {
    return new RemoteFile(account + "/" + path(file), file.name(), file.bytes());
  }

  private static String path(DatasetFile file) {
    return "datasets/" + id(file);
  }

  private static String id(DatasetFile file) {
    return file.name().replace(".jsonl", "");
  }
}
