package dev.tunebeam.launcher.provider.together;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tunebeam.launcher.http.ApiRequest;
import dev.tunebeam.launcher.http.Http;
import dev.tunebeam.launcher.http.Json;
import dev.tunebeam.launcher.provider.DatasetFile;
import dev.tunebeam.launcher.provider.RemoteFile;
import dev.tunebeam.launcher.provider.SplitBody;
import dev.tunebeam.launcher.provider.UploadJournal;
import java.util.Objects;
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
    for (JsonNode item : http.json(ApiRequest.get("files")).path("data")) {
      if (item.path("filename").asText().equals(file.name())
          && item.path("bytes").asLong() == file.bytes()) {
        String id = item.path("id").asText();
        if (!item.path("Processed").asBoolean(true)) {
          announce(id);
        }
        return Optional.of(new RemoteFile(id, file.name(), file.bytes()));
      }
    }
    return Optional.empty();
  }

  RemoteFile upload(DatasetFile file, UploadJournal journal) {
    FormBody body =
        new FormBody.Builder()
            .add("purpose", PURPOSE)
            .add("file_name", file.name())
            .add("file_type", "jsonl")
            .build();
    Http.Redirect signed = http.redirect(ApiRequest.post("files", body));
    String id = Objects.requireNonNullElse(signed.headers().get("X-Together-File-Id"), "");
    http.put(signed.location(), SplitBody.binary(file, journal.progress()), Headers.EMPTY);
    announce(id);
    return new RemoteFile(id, file.name(), file.bytes());
  }

  private void announce(String id) {
    http.json(ApiRequest.post("files/" + id + "/preprocess", Json.object()));
  }
}
