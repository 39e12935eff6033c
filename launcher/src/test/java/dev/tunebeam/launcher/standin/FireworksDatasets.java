package dev.tunebeam.launcher.standin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Fireworks' datasets: created under the caller's id (a second time is 409), then filled by {@code
 * :upload} to 150 MB, or by a signed URL and {@code :validateUpload}.
 */
final class FireworksDatasets {
  private static final String PREFIX = "accounts/" + StandInFireworks.ACCOUNT + "/datasets/";
  private static final long DIRECT_LIMIT = 150L << 20;

  /** A dataset; the content is in the store under the same name once it is ready. */
  private static final class Dataset {
    final String name;
    final ObjectNode asked;
    final long createdAt;
    @Nullable ByteString stored;

    Dataset(String name, ObjectNode asked, long createdAt) {
      this.name = name;
      this.asked = asked;
      this.createdAt = createdAt;
    }
  }

  private final Store store;
  private final Behaviour behaviour;
  private final SignedAddresses addresses;
  private final Map<String, Dataset> datasets = new LinkedHashMap<>();

  FireworksDatasets(Store store, Behaviour behaviour, SignedAddresses addresses) {
    this.store = store;
    this.behaviour = behaviour;
    this.addresses = addresses;
  }

  Answer create(Call call, List<String> ids) {
    Fields body = new Fields(call.json());
    body.only("dataset", "datasetId", "sourceDatasetId", "filter");
    String id = checkedId(body.text("datasetId"));
    Fields asked = body.object("dataset");
    asked.only("displayName", "exampleCount", "userUploaded", "format", "externalUrl");
    if (!asked.json().path("userUploaded").isObject()) {
      throw Refusal.badRequest(null, null, "dataset.userUploaded is missing");
    }
    if (datasets.containsKey(PREFIX + id)) {
      throw new Refusal(
          409, "conflict", null, null, "dataset \"" + PREFIX + id + "\" already exists");
    }
    Dataset dataset = new Dataset(PREFIX + id, asked.json(), store.now());
    datasets.put(dataset.name, dataset);
    return Answer.ok(json(dataset));
  }

  static String checkedId(String id) {
    if (!id.matches("[a-z][a-z0-9-]{0,62}")) {
      throw Refusal.badRequest(
          null, null, "invalid id \"" + id + "\": a-z, 0-9 and -, at most 63 characters");
    }
    return id;
  }

  Answer upload(Call call, List<String> ids) {
    Dataset dataset = find(ids.get(0));
    Multipart form = Multipart.of(call);
    form.only("file");
    Multipart.Part file = form.one("file");
    if (file.size() > Math.min(DIRECT_LIMIT, behaviour.fileLimit())) {
      throw new Refusal(413, "too_large", null, null, "the file is too large for a direct upload");
    }
    String filename = file.filename() == null ? "" : file.filename();
    ready(dataset, filename, file.content());
    return Answer.ok(
        Json.object()
            .put("id", dataset.name)
            .put("object", "file")
            .put("bytes", file.size())
            .put("created_at", dataset.createdAt)
            .put("filename", filename)
            .put("purpose", "fine-tune"));
  }

  private void ready(Dataset dataset, String filename, ByteString content) {
    if (store.file(dataset.name) != null) {
      throw Refusal.badRequest(null, null, "dataset \"" + dataset.name + "\" is already READY");
    }
    dataset.stored = content;
    store.putFile(new StoredFile(dataset.name, filename, "fine-tune", content, store.now()));
  }

  Answer uploadEndpoint(Call call, List<String> ids) {
    Dataset dataset = find(ids.get(0));
    ObjectNode urls = Json.object();
    Fields sizes = new Fields(call.json()).object("filenameToSize");
    for (Map.Entry<String, JsonNode> file : sizes.json().properties()) {
      // 64 bit numbers are texts in the gateway's JSON; it takes both.
      long size = file.getValue().asLong(-1);
      if (size < 1) {
        throw sizes.wrong(file.getKey(), "a size in bytes");
      }
      urls.put(file.getKey(), addresses.forPut(call, size, bytes -> dataset.stored = bytes));
    }
    ObjectNode json = Json.object();
    json.set("filenameToSignedUrls", urls);
    return Answer.ok(json);
  }

  Answer validateUpload(Call call, List<String> ids) {
    Dataset dataset = find(ids.get(0));
    if (dataset.stored == null) {
      throw Refusal.badRequest(null, null, "no file was uploaded");
    }
    store.putFile(
        new StoredFile(dataset.name, "dataset.jsonl", "fine-tune", dataset.stored, store.now()));
    return Answer.ok(Json.object());
  }

  Answer list(Call call, List<String> ids) {
    ObjectNode list = Json.object();
    list.set("datasets", Json.array(new ArrayList<>(datasets.values()), this::json));
    return Answer.ok(list.put("nextPageToken", "").put("totalSize", datasets.size()));
  }

  Answer get(Call call, List<String> ids) {
    return Answer.ok(json(find(ids.get(0))));
  }

  Answer delete(Call call, List<String> ids) {
    Dataset dataset = find(ids.get(0));
    datasets.remove(dataset.name);
    store.removeFile(dataset.name);
    return Answer.ok(Json.object());
  }

  /** The name of a dataset that is ready, given by name or id. */
  String ready(String nameOrId) {
    String name = nameOrId.startsWith(PREFIX) ? nameOrId : PREFIX + nameOrId;
    if (store.file(name) == null) {
      throw Refusal.badRequest(null, null, "dataset \"" + name + "\" is not READY");
    }
    return name;
  }

  private Dataset find(String id) {
    Dataset dataset = datasets.get(PREFIX + id);
    if (dataset == null) {
      throw Refusal.notFound(null, null, "dataset \"" + PREFIX + id + "\" not found");
    }
    return dataset;
  }

  private ObjectNode json(Dataset dataset) {
    ObjectNode json = dataset.asked.deepCopy();
    StoredFile file = store.file(dataset.name);
    json.put("name", dataset.name)
        .put("createTime", Instant.ofEpochSecond(dataset.createdAt).toString())
        .put("state", file == null ? "UPLOADING" : "READY");
    if (file != null) {
      json.put("exampleCount", String.valueOf(TrainingFileCheck.count(file.content())))
          .put("estimatedTokenCount", String.valueOf(file.content().size() / 4));
    }
    json.set("status", Json.object().put("code", "OK").put("message", ""));
    return json;
  }
}
