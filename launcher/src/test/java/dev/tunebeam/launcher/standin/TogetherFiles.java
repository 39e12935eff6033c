package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Together's files: POST answers 302 with a signed URL and {@code X-Together-File-Id}, the bytes
 * are PUT there, {@code /preprocess} makes the file ready. A file is listed once its bytes are
 * there.
 */
final class TogetherFiles {
  private record Announced(String filename, String purpose) {}

  private final Store store;
  private final Behaviour behaviour;
  private final SignedAddresses addresses;
  private final Map<String, Announced> announced = new LinkedHashMap<>();
  private final Set<String> processed = new HashSet<>();

  TogetherFiles(Store store, Behaviour behaviour, SignedAddresses addresses) {
    this.store = store;
    this.behaviour = behaviour;
    this.addresses = addresses;
  }

  Answer create(Call call, List<String> ids) {
    String filename = field(call, "file_name");
    String purpose = field(call, "purpose");
    String type = field(call, "file_type");
    if (!Set.of("fine-tune", "eval", "batch-api").contains(purpose)) {
      throw Refusal.badRequest("purpose", null, "invalid purpose: " + purpose);
    }
    if (!Set.of("jsonl", "csv", "parquet").contains(type) || !filename.endsWith("." + type)) {
      throw Refusal.badRequest("file_type", null, "invalid file type: " + type);
    }
    String id = store.newId("file-");
    announced.put(id, new Announced(filename, purpose));
    String address = addresses.forPut(call, -1, bytes -> receive(id, bytes));
    return Answer.text(302, "text/plain", "")
        .with("Location", address)
        .with("X-Together-File-Id", id);
  }

  private void receive(String id, ByteString bytes) {
    Announced file = announced.get(id);
    if (file != null) {
      store.putFile(new StoredFile(id, file.filename, file.purpose, bytes, store.now()));
    }
  }

  Answer preprocess(Call call, List<String> ids) {
    StoredFile file = find(ids.get(0));
    if (file.content().size() > behaviour.fileLimit()) {
      throw Refusal.badRequest("file", null, "the file is too large");
    }
    processed.add(file.id());
    return Answer.ok(json(file));
  }

  Answer list(Call call, List<String> ids) {
    ObjectNode list = Json.object();
    list.set("data", Json.array(store.files(), this::json));
    return Answer.ok(list);
  }

  Answer get(Call call, List<String> ids) {
    return Answer.ok(json(find(ids.get(0))));
  }

  Answer delete(Call call, List<String> ids) {
    StoredFile file = find(ids.get(0));
    store.removeFile(file.id());
    return Answer.ok(Json.object().put("id", file.id()).put("deleted", true));
  }

  Answer content(Call call, List<String> ids) {
    return new Answer(
        200, Map.of("Content-Type", "application/octet-stream"), find(ids.get(0)).content());
  }

  private StoredFile find(String id) {
    StoredFile file = store.file(id);
    if (file == null) {
      throw Refusal.notFound("id", "not_found", "file not found: " + id);
    }
    return file;
  }

  /** From the query, an urlencoded form, a multipart form or JSON: Together's clients differ. */
  private static String field(Call call, String name) {
    String value = call.query(name);
    String type = call.header("Content-Type");
    if (value == null && type != null) {
      value = body(call, type, name);
    }
    if (value == null || value.isEmpty()) {
      throw Refusal.badRequest(name, null, name + " is required");
    }
    return value;
  }

  private static @Nullable String body(Call call, String type, String name) {
    if (type.startsWith("application/x-www-form-urlencoded")) {
      List<String> values = Call.parseQuery(call.body().utf8()).get(name);
      return values == null ? null : values.get(0);
    }
    if (type.startsWith("multipart/form-data")) {
      Multipart.Part part = Multipart.of(call).optional(name);
      return part == null ? null : part.content().utf8();
    }
    return type.startsWith("application/json") ? new Fields(call.json()).optionalText(name) : null;
  }

  private ObjectNode json(StoredFile file) {
    return Json.object()
        .put("id", file.id())
        .put("object", "file")
        .put("created_at", file.createdAt())
        .put("filename", file.filename())
        .put("bytes", file.content().size())
        .put("purpose", file.purpose())
        .put("FileType", file.filename().substring(file.filename().lastIndexOf('.') + 1))
        .put("LineCount", TrainingFileCheck.count(file.content()))
        .put("Processed", processed.contains(file.id()));
  }
}
