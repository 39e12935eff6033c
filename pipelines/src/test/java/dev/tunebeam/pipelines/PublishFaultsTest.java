package dev.tunebeam.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tunebeam.dataset.FolderOwner;
import dev.tunebeam.dataset.Sha256;
import dev.tunebeam.dataset.terminal.ExitCode;
import dev.tunebeam.pipelines.prepare.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command on an object store of which each operation in turn fails. */
class PublishFaultsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OUT = "memory://datasets/out/";

  private Workbench bench = new Workbench(Path.of(""));
  private SortedMap<String, byte[]> before = new TreeMap<>();
  private String older = "";
  private String newer = "";
  private String next = "";

  @BeforeEach
  void datasets(@TempDir Path folder) throws Exception {
    bench = new Workbench(folder);
    next = published("next");
    newer = published("new");
    ObjectStore.replace(OUT, Map.of());
    older = published("old");
    before = ObjectStore.objects(OUT);
  }

  private String published(String name) throws IOException {
    bench.write(
        name + ".jsonl",
        Stream.concat(
                IntStream.range(0, 20)
                    .mapToObj(
                        i ->
                            String.format(
                                Locale.ROOT,
                                "{\"prompt\":\"%s %d\",\"completion\":\"a\"}",
                                name,
                                i)),
                Stream.of("{"))
            .toArray(String[]::new));
    assertThat(prepare(name), is(ExitCode.SUCCEEDED));
    return digest();
  }

  @AfterEach
  void faultless() {
    ObjectStore.before(operation -> {});
    ObjectStore.replace(OUT, Map.of());
  }

  @Test
  void whicheverOperationFailsThereIsTheOldOrTheNewDataset() throws Exception {
    failEach(false);
  }

  @Test
  void whereverItIsKilledThereIsTheOldOrTheNewDataset() throws Exception {
    failEach(true);
  }

  private void failEach(boolean killed) throws Exception {
    Set<Set<String>> mended = new HashSet<>();
    List<String> found = new ArrayList<>();
    for (int n = 1; ; n++) {
      ObjectStore.replace(OUT, before);
      AtomicInteger operations = new AtomicInteger();
      int failing = n;
      ObjectStore.before(
          operation -> {
            int now = operations.incrementAndGet();
            if (now == failing || (killed && now > failing)) {
              throw new UncheckedIOException(new IOException("injected"));
            }
          });
      ExitCode code = prepare("new");
      ObjectStore.before(operation -> {});
      String now = digest();
      assertThat("operation " + n, now, anyOf(equalTo(older), equalTo(newer)));
      found.add(now);
      if (operations.get() < n) {
        assertThat(code, is(ExitCode.SUCCEEDED));
        break;
      }
      if (mended.add(new HashSet<>(ObjectStore.objects(OUT).keySet()))) {
        endTheKilledJob();
        assertThat("after operation " + n, prepare("next"), is(ExitCode.SUCCEEDED));
        assertThat(digest(), equalTo(next));
        assertThat("after operation " + n, layout(), equalTo("4 data folders, manifest.json"));
      }
    }
    // It was the old one up to one operation, and the new one from then on.
    assertThat(found.indexOf(newer), equalTo(found.lastIndexOf(older) + 1));
    assertThat(found.indexOf(newer) > 20 && found.indexOf(newer) < found.size() - 1, is(true));
  }

  private ExitCode prepare(String input) {
    return bench
        .prepare(
            "--input=" + bench.path(input + ".jsonl"),
            "--output=" + OUT,
            "--maxRejected=0.1",
            "--overwrite")
        .code();
  }

  /** The digest of the dataset that is there, each of whose files has its hash. */
  private static String digest() throws IOException {
    SortedMap<String, byte[]> objects = ObjectStore.objects(OUT);
    JsonNode manifest = JSON.readTree(requireNonNull(objects.get("manifest.json")));
    for (JsonNode shard : manifest.get("shards")) {
      byte[] content = requireNonNull(objects.get(shard.get("file").asText()));
      assertThat(Sha256.of(content), equalTo(shard.get("sha256").asText()));
    }
    String card = manifest.at("/files/card").asText();
    String readme = new String(requireNonNull(objects.get(card)), UTF_8);
    assertThat(readme, containsString("Digest: `%s`\n".formatted(manifest.get("digest").asText())));
    String rejected = manifest.at("/files/rejected/0").asText();
    assertThat(
        new String(requireNonNull(objects.get(rejected)), UTF_8).lines().count(), equalTo(1L));
    return manifest.get("digest").asText();
  }

  /** Its lock names a process that is gone; this one lives. */
  private static void endTheKilledJob() {
    SortedMap<String, byte[]> objects = ObjectStore.objects(OUT);
    byte[] lock = objects.get(FolderOwner.FILE_NAME);
    if (lock != null) {
      FolderOwner owner = FolderOwner.parse(lock).orElseThrow();
      FolderOwner gone =
          new FolderOwner(owner.id(), owner.host(), 1L << 40, null, owner.since(), owner.expires());
      ObjectStore.put(OUT + FolderOwner.FILE_NAME, gone.bytes());
    }
  }

  private static String layout() {
    Set<String> folders = new HashSet<>();
    List<String> direct = new ArrayList<>();
    for (String key : ObjectStore.objects(OUT).keySet()) {
      if (key.contains("/")) {
        folders.add(key.substring(0, key.indexOf('/')));
      } else {
        direct.add(key);
      }
    }
    return folders.size() + " data folders, " + String.join(", ", direct);
  }
}
