package dev.tunebeam.launcher;

import dev.tunebeam.dataset.DataFolder;
import dev.tunebeam.dataset.DatasetDigest;
import dev.tunebeam.dataset.Format;
import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Manifest.Shard;
import dev.tunebeam.dataset.ManifestFile;
import dev.tunebeam.dataset.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/** A small dataset as prepare leaves it: shards, and a manifest that fits them. */
public final class DatasetOnDisk {

  /** The model that it is priced for, unless a test says otherwise. */
  public static final String MODEL = "gpt-4o-mini-2024-07-18";

  private Format format = Format.CHAT;
  private int train = 12;
  private int validation = 3;
  private int shards = 2;
  private String model = MODEL;
  private String provider = "openai";
  private String encoding = "o200k_base";
  private long trainTokens = 1_000_000;
  private int epochs = 3;
  private long longest = 100;
  private String padding = "";
  private String data = "";
  private Map<String, Object> recipe = Map.of();
  private boolean classes;
  private @Nullable String before;
  private int first;
  private @Nullable Long unchanged;

  /** Lines of this format. */
  public DatasetOnDisk format(Format shape) {
    format = shape;
    return this;
  }

  /** The number of examples per split. */
  public DatasetOnDisk examples(int ofTrain, int ofValidation) {
    train = ofTrain;
    validation = ofValidation;
    return this;
  }

  /** The number of training shards. */
  public DatasetOnDisk shards(int number) {
    shards = number;
    return this;
  }

  /** Priced for this model. */
  public DatasetOnDisk pricedFor(String owner, String name) {
    provider = owner;
    model = name;
    return this;
  }

  /** Counted with this encoding. */
  public DatasetOnDisk encoding(String name) {
    encoding = name;
    return this;
  }

  /** The number of tokens in the training split, 200 in the validation split. */
  public DatasetOnDisk tokens(long ofTrain) {
    trainTokens = ofTrain;
    return this;
  }

  /** Tokens of the longest example. */
  public DatasetOnDisk longest(long tokens) {
    longest = tokens;
    return this;
  }

  /** Bytes that make each example longer. */
  public DatasetOnDisk padded(int bytes) {
    padding = "x".repeat(bytes);
    return this;
  }

  /** The recipe's section {@code launch}. */
  public DatasetOnDisk recipe(Map<String, Object> launch) {
    recipe = new TreeMap<>(recipe);
    recipe.put("launch", launch);
    return this;
  }

  /** For classification, of time and other. */
  public DatasetOnDisk classes() {
    recipe = new TreeMap<>(recipe);
    recipe.put("task", "classification");
    classes = true;
    return this;
  }

  /** Continues a dataset. */
  public DatasetOnDisk continuing(Path dataset) {
    try {
      before = ManifestFile.read(dataset.resolve(Manifest.FILE_NAME)).digest();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** With only what is new since the dataset that it continues, which has that many more. */
  public DatasetOnDisk newOnly(long left) {
    unchanged = left;
    return this;
  }

  /** Numbers of the examples from here on: with another one the examples are others. */
  public DatasetOnDisk from(int number) {
    first = number;
    return this;
  }

  /** With its shards in a folder of data, as prepare publishes them. */
  public DatasetOnDisk inDataFolder(String id) {
    data = DataFolder.of(id) + "/";
    return this;
  }

  /** Writes shards and manifest. */
  public Path in(Path folder) {
    try {
      Files.createDirectories(folder.resolve(data));
      List<Shard> all = new ArrayList<>();
      write(folder, all, Manifest.TRAIN, first, train, shards);
      write(folder, all, Manifest.VALIDATION, first + train, validation, 1);
      Files.write(folder.resolve(Manifest.FILE_NAME), ManifestFile.bytes(manifest(all)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The bytes of a split, its concatenated shards. */
  public static ByteString bytes(Path folder, String split) {
    try {
      okio.Buffer all = new okio.Buffer();
      for (Shard shard : ManifestFile.read(folder.resolve(Manifest.FILE_NAME)).shards()) {
        if (shard.split().equals(split)) {
          all.write(Files.readAllBytes(folder.resolve(shard.file())));
        }
      }
      return all.readByteString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path folder, List<Shard> all, String split, int first, int examples, int files)
      throws IOException {
    for (int at = 0; at < files && examples > 0; at++) {
      int from = examples * at / files;
      int until = examples * (at + 1) / files;
      StringBuilder lines = new StringBuilder();
      for (int example = from; example < until; example++) {
        lines.append(line(first + example)).append('\n');
      }
      byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
      String name = data + String.format(Locale.ROOT, "%s-%05d-of-%05d.jsonl", split, at, files);
      Files.write(folder.resolve(name), bytes);
      all.add(new Shard(split, name, until - from, bytes.length, Sha256.of(bytes)));
    }
  }

  private String line(int number) {
    String prompt = String.format(Locale.ROOT, "Frage %d: wie spät ist es?%s", number, padding);
    String label = label(number);
    return switch (format.toString()) {
      case "completion" ->
          "{\"prompt\":\"%s\\n\\n###\\n\\n\",\"completion\":\" %s END\"}".formatted(prompt, label);
      case "preference" ->
          ("{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]},"
                  + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"%s\"}],"
                  + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"no\"}]}")
              .formatted(prompt, label);
      default ->
          ("{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"},"
                  + "{\"role\":\"assistant\",\"content\":\"%s\"}]}")
              .formatted(prompt, label);
    };
  }

  private Manifest manifest(List<Shard> all) {
    boolean completion = format == Format.COMPLETION;
    return new Manifest(
        format,
        DatasetDigest.of(all),
        new Manifest.Rows(
            train + validation + (unchanged == null ? 0 : unchanged),
            0,
            new Manifest.Rejected(0, new TreeMap<>()),
            0,
            null,
            0,
            unchanged,
            train,
            validation),
        0,
        null,
        0,
        null,
        before == null
            ? null
            : new Manifest.Sides(
                Manifest.Sides.LAYOUT, List.of(), new Manifest.Since(before, 0, 0, 0, 0, 0)),
        classes ? counts() : new TreeMap<>(),
        new Manifest.Tokens(
            encoding, trainTokens, 200, new Manifest.PerExample(10, 50, 90, longest)),
        null,
        new Manifest.Cost(
            model,
            provider,
            epochs,
            trainTokens * epochs,
            new BigDecimal("9"),
            LocalDate.of(2026, 11, 20)),
        all,
        new Manifest.Files(List.of(), List.of()),
        completion
            ? new Manifest.Inference("\n\n###\n\n", " END", true, null)
            : new Manifest.Inference("", "", false, null),
        Map.of(),
        null,
        List.of(),
        recipe,
        "0.1.0");
  }

  private SortedMap<String, Manifest.ClassCount> counts() {
    SortedMap<String, Manifest.ClassCount> counts = new TreeMap<>();
    for (String label : List.of("time", "other")) {
      IntPredicate has = number -> label.equals(label(number));
      counts.put(
          label,
          new Manifest.ClassCount(
              IntStream.range(first, first + train).filter(has).count(),
              IntStream.range(first + train, first + train + validation).filter(has).count()));
    }
    return counts;
  }

  private static String label(int number) {
    return number % 2 == 0 ? "time" : "other";
  }
}
