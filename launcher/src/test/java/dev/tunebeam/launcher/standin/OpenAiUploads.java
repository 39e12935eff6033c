package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import okio.Buffer;
import okio.ByteString;

/**
 * {@code /uploads}: schemas CreateUploadRequest, Upload, AddUploadPartRequest, UploadPart,
 * CompleteUploadRequest. There is no GET for an upload.
 */
final class OpenAiUploads {
  private static final Set<String> PURPOSES = Set.of("assistants", "batch", "fine-tune", "vision");
  private static final long MOST_BYTES = 8L << 30;
  private final Store store;
  private final Behaviour behaviour;

  OpenAiUploads(Store store, Behaviour behaviour) {
    this.store = store;
    this.behaviour = behaviour;
  }

  Answer create(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    body.only("filename", "purpose", "bytes", "mime_type", "expires_after");
    String filename = body.text("filename");
    String purpose = body.text("purpose");
    long bytes = body.whole("bytes", 1, MOST_BYTES);
    String type = body.text("mime_type");
    OpenAiFiles.checkPurpose(purpose, PURPOSES);
    OpenAiFiles.checkName(filename, purpose);
    if (!type.contains("/")) {
      throw Refusal.badRequest("mime_type", null, "Invalid MIME type: " + type);
    }
    return Answer.ok(json(store.addUpload(filename, purpose, bytes)));
  }

  Answer addPart(Call call, List<String> ids) {
    PartedUpload upload = pending(ids.get(0));
    Multipart form = Multipart.of(call);
    form.only("data");
    ByteString data = form.one("data").content();
    if (data.size() == 0 || data.size() > behaviour.partLimit()) {
      throw Refusal.badRequest(
          "data",
          null,
          "A part has from 1 to " + behaviour.partLimit() + " bytes, not " + data.size());
    }
    String partId = store.newId("part_");
    upload.addPart(partId, data);
    return Answer.ok(
        Json.object()
            .put("id", partId)
            .put("object", "upload.part")
            .put("created_at", store.now())
            .put("upload_id", upload.id()));
  }

  Answer complete(Call call, List<String> ids) {
    PartedUpload upload = pending(ids.get(0));
    ObjectNode json = call.json();
    Fields body = new Fields(json);
    body.only("part_ids", "md5");
    JsonNode partIds = json.path("part_ids");
    if (!partIds.isArray() || partIds.isEmpty()) {
      throw Refusal.badRequest("part_ids", null, "'part_ids' must be a list of part ids");
    }
    Buffer content = new Buffer();
    List<String> seen = new ArrayList<>();
    for (JsonNode partId : partIds) {
      ByteString part = upload.part(partId.asText());
      if (part == null || seen.contains(partId.asText())) {
        throw Refusal.badRequest(
            "part_ids", null, "Part " + partId.asText() + " is unknown or given twice");
      }
      seen.add(partId.asText());
      content.write(part);
    }
    if (content.size() != upload.bytes()) {
      throw Refusal.badRequest(
          "part_ids",
          null,
          "The parts have " + content.size() + " bytes, the upload promised " + upload.bytes());
    }
    ByteString whole = ByteString.of(content.readByteArray());
    String md5 = body.optionalText("md5");
    if (md5 != null && !md5.toLowerCase(Locale.ROOT).equals(whole.md5().hex())) {
      throw Refusal.badRequest("md5", null, "The MD5 of the uploaded bytes does not match");
    }
    upload.complete(store.addFile(upload.filename(), upload.purpose(), whole).id());
    return Answer.ok(json(upload));
  }

  Answer cancel(Call call, List<String> ids) {
    PartedUpload upload = pending(ids.get(0));
    upload.cancel();
    return Answer.ok(json(upload));
  }

  private PartedUpload pending(String id) {
    PartedUpload upload = store.upload(id);
    if (upload == null) {
      throw Refusal.notFound("upload_id", null, "No such Upload object: " + id);
    }
    if (upload.expired(store.now())) {
      throw Refusal.badRequest(null, null, "Upload " + id + " has expired.");
    }
    if (!upload.status().equals("pending")) {
      throw Refusal.badRequest(null, null, "Upload " + id + " is already " + upload.status() + ".");
    }
    return upload;
  }

  private ObjectNode json(PartedUpload upload) {
    ObjectNode json =
        Json.object()
            .put("id", upload.id())
            .put("object", "upload")
            .put("bytes", upload.bytes())
            .put("created_at", upload.createdAt())
            .put("filename", upload.filename())
            .put("purpose", upload.purpose())
            .put("status", upload.status())
            .put("expires_at", upload.createdAt() + PartedUpload.LIFE_SECONDS);
    StoredFile file = upload.fileId() == null ? null : store.file(upload.fileId());
    if (file != null) {
      json.set("file", OpenAiFiles.json(file));
    }
    return json;
  }
}
