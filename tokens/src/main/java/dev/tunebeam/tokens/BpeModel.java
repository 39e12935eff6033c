package dev.tunebeam.tokens;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the {@code model} of a tokenizer.json: its vocabulary in the order of its merges. */
final class BpeModel {

  private final JsonNode model;

  /** Numbers in the order of merges, by the token as the file spells it. */
  private final Map<String, Integer> numbers = new LinkedHashMap<>();

  private final List<byte[]> tokens = new ArrayList<>();

  /** A merge as the file spells its parts, and the token that it makes. */
  private record Merge(int made, String left, String right) {}

  private final List<Merge> merges = new ArrayList<>();

  private BpeModel(JsonNode model) {
    this.model = model;
  }

  /**
   * Reads a model.
   *
   * @throws UnsupportedTokenizerException if it is not byte-level BPE
   */
  static Vocabulary read(JsonNode model) {
    // Files of the first versions have no type.
    String type = model.path("type").asText(model.has("merges") ? "BPE" : "missing");
    if (!type.equals("BPE")) {
      throw new UnsupportedTokenizerException("model.type is " + type + ", not BPE");
    }
    if (model.path("byte_fallback").asBoolean()) {
      throw new UnsupportedTokenizerException(
          "model.byte_fallback is true: a SentencePiece vocabulary, not a byte-level one");
    }
    for (String affix : List.of("continuing_subword_prefix", "end_of_word_suffix")) {
      if (!model.path(affix).asText("").isEmpty() && !model.path(affix).isNull()) {
        throw new UnsupportedTokenizerException("model." + affix + " is set");
      }
    }
    return new BpeModel(model).vocabulary();
  }

  private Vocabulary vocabulary() {
    JsonNode vocab = model.path("vocab");
    for (int b = 0; b < 256; b++) {
      String character = ByteAlphabet.character(b);
      if (!vocab.has(character)) {
        throw new UnsupportedTokenizerException(
            String.format(
                Locale.ROOT,
                "model.vocab has no %s for the byte 0x%02X: it is not byte-level",
                character,
                b));
      }
      add(character);
    }
    for (JsonNode merge : model.path("merges")) {
      addMerge(merge, vocab);
    }
    // A token without a merge can still be a whole piece.
    for (Iterator<String> names = vocab.fieldNames(); names.hasNext(); ) {
      add(names.next());
    }
    return new Vocabulary(list(), mergeList(), model.path("ignore_merges").asBoolean());
  }

  private void add(String token) {
    byte[] bytes = ByteAlphabet.bytes(token);
    if (bytes != null && bytes.length > 0 && !numbers.containsKey(token)) {
      numbers.put(token, tokens.size());
      tokens.add(bytes);
    }
  }

  private void addMerge(JsonNode merge, JsonNode vocab) {
    String[] parts = parts(merge);
    String made = parts[0] + parts[1];
    if (!vocab.has(parts[0]) || !vocab.has(parts[1]) || !vocab.has(made)) {
      throw new UnsupportedTokenizerException(
          "model.merges has %s, of which a part or the whole is not in the vocabulary"
              .formatted(merge));
    }
    add(made);
    if (!Integer.valueOf(tokens.size() - 1).equals(numbers.get(made))) {
      throw new UnsupportedTokenizerException(
          "model.merges makes %s in two places".formatted(made));
    }
    merges.add(new Merge(tokens.size() - 1, parts[0], parts[1]));
  }

  private static String[] parts(JsonNode merge) {
    if (merge.isArray() && merge.size() == 2) {
      return new String[] {merge.get(0).asText(), merge.get(1).asText()};
    }
    String pair = merge.asText();
    int blank = pair.indexOf(' ');
    if (blank < 0 || pair.indexOf(' ', blank + 1) >= 0) {
      throw new UnsupportedTokenizerException("model.merges has %s".formatted(merge));
    }
    return new String[] {pair.substring(0, blank), pair.substring(blank + 1)};
  }

  private TokenList list() {
    int[] starts = new int[tokens.size() + 1];
    for (int token = 0; token < tokens.size(); token++) {
      starts[token + 1] = starts[token] + tokens.get(token).length;
    }
    byte[] bytes = new byte[starts[tokens.size()]];
    for (int token = 0; token < tokens.size(); token++) {
      System.arraycopy(tokens.get(token), 0, bytes, starts[token], tokens.get(token).length);
    }
    return new TokenList(bytes, starts);
  }

  private MergeList mergeList() {
    int[] first = new int[tokens.size() + 1];
    int[] left = new int[merges.size()];
    int[] right = new int[merges.size()];
    int at = 0;
    for (int token = 0; token < tokens.size(); token++) {
      first[token] = at;
      for (; at < merges.size() && merges.get(at).made() == token; at++) {
        left[at] = number(merges.get(at).left());
        right[at] = number(merges.get(at).right());
      }
    }
    first[tokens.size()] = at;
    return new MergeList(first, left, right);
  }

  private int number(String part) {
    Integer number = numbers.get(part);
    if (number == null) {
      throw new UnsupportedTokenizerException(
          "model.merges has %s, which is not spelled in bytes".formatted(part));
    }
    return number;
  }
}
