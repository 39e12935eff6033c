package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code /files}: schemas CreateFileRequest, OpenAIFile, ListFilesResponse, DeleteFileResponse. */
final class OpenAiFiles {
  static final Set<String> PURPOSES =
      Set.of("assistants", "batch", "fine-tune", "vision", "user_data", "evals");
  private final Store store;
  private final Behaviour behaviour;

  OpenAiFiles(Store store, Behaviour behaviour) {
    this.store = store;
    this.behaviour = behaviour;
  }

  Answer create(Call call, List<String> ids) {
    Multipart form = Multipart.of(call);
    form.only("file", "purpose", "expires_after[anchor]", "expires_after[seconds]");
    Multipart.Part file = form.one("file");
    String purpose = form.one("purpose").content().utf8();
    String filename = file.filename();
    if (filename == null || filename.isEmpty()) {
      throw Refusal.badRequest("file", null, "Expected file to have a name");
    }
    checkPurpose(purpose, PURPOSES);
    checkName(filename, purpose);
    if (file.size() == 0) {
      throw Refusal.badRequest("file", "empty_file", "File is empty.");
    }
    if (file.size() > behaviour.fileLimit()) {
      throw new Refusal(
          413, "invalid_request_error", null, null, "Maximum content size limit exceeded");
    }
    return Answer.ok(json(store.addFile(filename, purpose, file.content())));
  }

  static void checkPurpose(String purpose, Set<String> allowed) {
    if (!allowed.contains(purpose)) {
      throw Refusal.badRequest(
          "purpose",
          null,
          "'" + purpose + "' is not one of " + allowed.stream().sorted().toList() + " - 'purpose'");
    }
  }

  static void checkName(String filename, String purpose) {
    if (purpose.equals("fine-tune") && !filename.endsWith(".jsonl")) {
      throw Refusal.badRequest(
          "file", null, "Invalid file format for Fine-Tuning API. Must be .jsonl");
    }
  }

  Answer list(Call call, List<String> ids) {
    String purpose = call.query("purpose");
    List<StoredFile> files = store.files();
    String order = call.query("order");
    if (order == null || order.equals("desc")) {
      Collections.reverse(files);
    } else if (!order.equals("asc")) {
      throw Refusal.badRequest("order", null, "'order' must be asc or desc");
    }
    if (purpose != null) {
      files.removeIf(file -> !file.purpose().equals(purpose));
    }
    Page<StoredFile> page = Page.of(files, call, 10_000, 10_000, StoredFile::id);
    String first = page.firstId();
    String last = page.lastId();
    // The schema wants text in both, also for an empty page.
    return Answer.ok(
        page.json(OpenAiFiles::json)
            .put("first_id", first == null ? "" : first)
            .put("last_id", last == null ? "" : last));
  }

  Answer get(Call call, List<String> ids) {
    return Answer.ok(json(find(ids.get(0))));
  }

  Answer delete(Call call, List<String> ids) {
    StoredFile file = find(ids.get(0));
    store.removeFile(file.id());
    return Answer.ok(Json.object().put("object", "file").put("deleted", true).put("id", file.id()));
  }

  Answer content(Call call, List<String> ids) {
    return new Answer(
        200, Map.of("Content-Type", "application/octet-stream"), find(ids.get(0)).content());
  }

  private StoredFile find(String id) {
    StoredFile file = store.file(id);
    if (file == null) {
      throw Refusal.notFound("id", null, "No such File object: " + id);
    }
    return file;
  }

  static ObjectNode json(StoredFile file) {
    return Json.object()
        .put("object", "file")
        .put("id", file.id())
        .put("purpose", file.purpose())
        .put("filename", file.filename())
        .put("bytes", file.content().size())
        .put("created_at", file.createdAt())
        .put("status", "processed");
  }
}
