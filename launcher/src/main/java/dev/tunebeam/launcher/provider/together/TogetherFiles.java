package dev.tunebeam.launcher.provider.together;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.http.UncertainException;
import dev.tunebeam.launcher.provider.DatasetChangedException;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.Fields;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.SplitBody;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.util.Optional;
import okhttp3.FormBody;
import okhttp3.Headers;

/**
 * Files at Together: requests a signed URL for a name, uploads the bytes there in one request
 * without the key, then marks the upload as complete. Every step is idempotent.
 */
final class TogetherFiles {

  private static final String PURPOSE = "fine-tune";

  private final Http http;

  TogetherFiles(Http http) {
    this.http = http;
  }

  /** An existing file with this name and size; an unprocessed upload is marked as complete. */
  Optional<RemoteFile> find(DatasetFile file) {
    Optional<Listed> there =
        http.json(ApiRequest.get("files"), json -> Fields.list(json, "data", Listed::of)).stream()
            .filter(item -> item.name().equals(file.name()) && item.bytes() == file.bytes())
            .findFirst();
    there.filter(item -> !item.processed()).ifPresent(item -> announce(item.id()));
    return there.map(item -> new RemoteFile(item.id(), file.name(), file.bytes()));
  }

  /** Whether an uploaded file is there with its bytes. */
  boolean holds(RemoteFile file) {
    return http
        .json(ApiRequest.get("files"), json -> Fields.list(json, "data", Listed::of))
        .stream()
        .anyMatch(item -> item.id().equals(file.id()) && item.bytes() == file.bytes());
  }

  private record Listed(String id, String name, long bytes, boolean processed) {
    static Listed of(JsonNode json) {
      return new Listed(
          Fields.required(json, "id"),
          Fields.text(json, "filename"),
          json.path("bytes").asLong(),
          json.path("Processed").asBoolean(true));
    }
  }

  RemoteFile upload(DatasetFile file, UploadJournal journal) {
    FormBody body =
        new FormBody.Builder()
            .add("purpose", PURPOSE)
            .add("file_name", file.name())
            .add("file_type", "jsonl")
            .build();
    Http.Redirect signed = http.redirect(ApiRequest.post("files", body));
    String id = signed.headers().get("X-Together-File-Id");
    if (id == null || id.isBlank()) {
      throw new UncertainException("the response names no file", null);
    }
    try {
      http.put(signed.location(), SplitBody.binary(file, journal.progress()), Headers.EMPTY);
    } catch (DatasetChangedException e) {
      delete(id);
      throw e;
    }
    announce(id);
    return new RemoteFile(id, file.name(), file.bytes());
  }

  void delete(RemoteFile file) {
    delete(file.id());
  }

  private void delete(String id) {
    http.delete("files/" + id);
  }

  private void announce(String id) {
    http.json(ApiRequest.post("files/" + id + "/preprocess", Json.object()));
  }
}
