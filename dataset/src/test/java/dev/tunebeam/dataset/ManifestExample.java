package dev.tunebeam.dataset;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A manifest with something in every place. */
public final class ManifestExample {

  static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  static final Manifest.Shard TRAIN =
      new Manifest.Shard("train", "train-00000-of-00001.jsonl", 6, 900, "1".repeat(64));
  static final Manifest.Shard VALIDATION =
      new Manifest.Shard("validation", "validation-00000-of-00001.jsonl", 2, 300, "2".repeat(64));

  private ManifestExample() {}

  /** With the price and the shards above. */
  public static Manifest manifest() {
    return manifest(List.of(TRAIN, VALIDATION), 6, new BigDecimal("0.086120"));
  }

  static Manifest manifest(
      List<Manifest.Shard> shards, long train, @Nullable BigDecimal usd, String... recipeOrder) {
    Map<String, Object> recipe = new LinkedHashMap<>();
    List<String> keys =
        recipeOrder.length == 0 ? List.of("validation", "input") : Arrays.asList(recipeOrder);
    Map<String, Object> map = new LinkedHashMap<>();
    recipe.put("map", map);
    for (String key : keys) {
      map.put(key, "{{" + key + "}}");
      recipe.put(key, key.equals("input") ? List.of("straße.csv") : 0.1);
    }
    return new Manifest(
        Format.CHAT,
        DatasetDigest.of(shards),
        new Manifest.Rows(
            12,
            new Manifest.Rejected(3, new TreeMap<>(Map.of("too_long", 1L, "not_text", 2L))),
            7 - train,
            train,
            2),
        1,
        1,
        new TreeMap<>(
            Map.of(
                "退款", new Manifest.ClassCount(train, 0), "refund", new Manifest.ClassCount(0, 2))),
        new Manifest.Tokens("o200k_base", 1200, 400, new Manifest.PerExample(90, 200, 290, 300)),
        new Manifest.Cost(
            "gpt-4o-mini-2024-07-18", "openai", 16, 19200, usd, LocalDate.of(2026, 11, 20)),
        shards,
        new Manifest.Files(List.of("rejected-00000-of-00001.jsonl"), List.of()),
        new Manifest.Inference("", "", false, null),
        Map.of("task", "generation", "format", "chat"),
        List.of("1 prompt has several completions"),
        recipe,
        "0.1.0");
  }
}
