package dev.tunebeam.tokens;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;

/**
 * A byte-level BPE tokenizer in Hugging Face's format, tokenizer.json: Llama 3, Qwen, gpt-oss,
 * Mistral's Tekken and others of their kind. Immutable, so that all threads of a JVM can share it;
 * a thread counts with a counter of its own.
 *
 * <p>Counts are those of the tokenizers library, version 0.23, without the tokens that its
 * post-processor adds around a text, such as a begin token. Tokens that are added but not special
 * count 1 where they stand in a text; special ones count as ordinary text, as the library does it
 * with {@code encode_special_tokens = True}.
 */
public final class HuggingFaceTokenizer {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vocabulary vocabulary;
  private final PreTokenizer preTokenizer;
  private final AddedTokens addedToRaw;
  private final AddedTokens addedToNormalized;
  private final boolean nfc;

  private HuggingFaceTokenizer(JsonNode json) {
    nfc = isNfc(json.path("normalizer"));
    addedToRaw = AddedTokens.read(json.path("added_tokens"), false, nfc);
    addedToNormalized = AddedTokens.read(json.path("added_tokens"), true, nfc);
    preTokenizer = PreTokenizer.read(json.path("pre_tokenizer"));
    vocabulary = BpeModel.read(json.path("model"));
  }

  /**
   * Reads a tokenizer.json. One of 200,000 tokens, 21 MB long, takes 1.4 seconds of processor time
   * and 300 MB of heap for the moment; 24 MB stay.
   *
   * @param in is not closed
   * @param name what messages call the file
   * @throws UnsupportedTokenizerException if the file is no such tokenizer, or a kind of it that
   *     cannot be counted exactly
   * @throws IOException if it cannot be read
   */
  public static HuggingFaceTokenizer read(InputStream in, String name) throws IOException {
    JsonNode json;
    try {
      json = JSON.readTree(in.readAllBytes());
    } catch (JacksonException e) {
      throw new UnsupportedTokenizerException(
          "%s is not JSON: %s".formatted(name, e.getOriginalMessage()), e);
    }
    if (!json.path("model").isObject()) {
      throw new UnsupportedTokenizerException(
          name + " is not a tokenizer.json: it has no model; is it tokenizer_config.json?");
    }
    try {
      return new HuggingFaceTokenizer(json);
    } catch (UnsupportedTokenizerException e) {
      throw new UnsupportedTokenizerException(
          "%s cannot be counted with: %s. Byte-level BPE can (Llama 3, Qwen, gpt-oss, Mistral from Nemo on)."
              .formatted(name, e.getMessage()),
          e);
    }
  }

  /** A new counter, for one thread. */
  public TokenCounter newCounter() {
    Splitter splitter = preTokenizer.splitter();
    TokenCounter pieces =
        splitter == null
            ? new PatternCounter(vocabulary, preTokenizer.steps())
            : new BytePairCounter(vocabulary, splitter);
    TokenCounter prefixed =
        preTokenizer.addPrefixSpace()
            ? text -> pieces.count(text.charAt(0) == ' ' ? text : " " + text)
            : pieces;
    TokenCounter normalized =
        text ->
            addedToNormalized.count(
                nfc ? Normalizer.normalize(text, Normalizer.Form.NFC) : text.toString(), prefixed);
    return text -> addedToRaw.count(Utf8Buffer.withoutLoneSurrogates(text), normalized);
  }

  private static boolean isNfc(JsonNode normalizer) {
    String type = normalizer.path("type").asText("");
    if (normalizer.isNull() || normalizer.isMissingNode()) {
      return false;
    }
    if (type.equals("Sequence")) {
      boolean any = false;
      for (JsonNode part : normalizer.path("normalizers")) {
        any |= isNfc(part);
      }
      return any;
    }
    if (!type.equals("NFC")) {
      throw new UnsupportedTokenizerException("normalizer is " + type);
    }
    return true;
  }
}
