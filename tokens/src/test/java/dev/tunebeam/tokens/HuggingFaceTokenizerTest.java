package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares with counts of the tokenizers library 0.23.2; src/generate/python/golden_huggingface.py
 * writes the files.
 */
class HuggingFaceTokenizerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({"gpt2, 0", "llama3, 1", "qwen, 2", "o200k, 3", "tekken, 4", "steps, 5", "removed, 6"})
  void everyStringOfTheGoldenFileCountsAsTheLibraryDoes(String name, int column)
      throws IOException {
    TokenCounter counter = read(tokenizer(name)).newCounter();
    List<String> different = new ArrayList<>();
    int strings = 0;
    try (BufferedReader lines = lines("golden-huggingface.jsonl.gz")) {
      String line;
      while ((line = lines.readLine()) != null) {
        JsonNode expected = JSON.readTree(line);
        strings++;
        int count = counter.count(expected.get("text").asText());
        if (count != expected.get("tokens").get(column).asInt()) {
          different.add(count + " is wrong in " + line);
        }
      }
    }

    assertThat(different, empty());
    assertThat(strings, equalTo(1519));
  }

  @Test
  void ranksWrittenAsVocabularyAndMergesCountAsTheRanksDo() throws IOException {
    TokenCounter converted = read(asTokenizer(RankFile.ofEncoding("r50k_base"))).newCounter();
    TokenCounter ranks = TokenCounters.forEncoding("r50k_base");
    try (BufferedReader lines = lines("golden.jsonl.gz")) {
      String line;
      while ((line = lines.readLine()) != null) {
        String text = JSON.readTree(line).get("text").asText();
        assertThat(text, converted.count(text), equalTo(ranks.count(text)));
      }
    }
  }

  @Test
  void aSpecialTokenInATextIsOrdinaryTextAndAnAddedOneIsOneToken() throws IOException {
    TokenCounter counter = read(tokenizer("qwen")).newCounter();

    assertThat(counter.count("<tool_call>"), equalTo(1));
    assertThat(counter.count("1<tool_call>1"), equalTo(3));
    assertThat(
        counter.count("<|im_start|>"), equalTo(counter.count("<|im_") + counter.count("start|>")));
  }

  @Test
  void aLoneSurrogateCountsAsTheReplacementCharacter() throws IOException {
    for (String name : List.of("qwen", "steps")) {
      TokenCounter counter = read(tokenizer(name)).newCounter();

      assertThat(
          counter.count("a\uD800\uD83D\uDE00"), equalTo(counter.count("a\uFFFD\uD83D\uDE00")));
      assertThat(counter.count(""), equalTo(0));
    }
  }

  @Test
  void whatIsNoTokenizerIsRefusedWithTheFilesName() {
    assertRefused(
        "{\"chat_template\": \"\"}",
        "t.json is not a tokenizer.json: it has no model; is it tokenizer_config.json?");
    assertThat(
        assertThrows(UnsupportedTokenizerException.class, () -> read("{broken")).getMessage(),
        startsWith("t.json is not JSON: Unexpected character ('b'"));
  }

  @Test
  void aTokenizerOfAnotherKindIsRefusedWithTheReason() throws IOException {
    refusedWith(t -> model(t).put("type", "Unigram"), "model.type is Unigram, not BPE");
    refusedWith(
        t -> model(t).put("byte_fallback", true),
        "model.byte_fallback is true: a SentencePiece vocabulary, not a byte-level one");
    refusedWith(t -> model(t).put("end_of_word_suffix", "</w>"), "model.end_of_word_suffix is set");
    refusedWith(
        t -> ((ObjectNode) model(t).get("vocab")).remove("a"),
        "model.vocab has no a for the byte 0x61: it is not byte-level");
    refusedWith(t -> t.putObject("normalizer").put("type", "Lowercase"), "normalizer is Lowercase");
    refusedWith(t -> t.putNull("pre_tokenizer"), "pre_tokenizer does not end with ByteLevel");
    refusedWith(
        t -> preTokenizers(t).insertObject(0).put("type", "UnicodeScripts"),
        "pre_tokenizer has a step of type UnicodeScripts");
    refusedWith(
        t -> split(t).put("behavior", "MergedWithNext"),
        "pre_tokenizer has a Split with behavior MergedWithNext and invert false");
    refusedWith(
        t -> split(t).putObject("pattern").put("Regex", "(a"),
        "the pre-tokenizer's pattern (a is not understood: Unclosed group");
    refusedWith(
        t -> t.withArray("added_tokens").addObject().put("content", "<x>").put("single_word", true),
        "added_tokens has <x> with single_word");
  }

  @Test
  void mergesOutOfOrderAreRefused() throws IOException {
    refusedWith(
        t -> model(t).putArray("merges").add("a 漢"),
        "model.merges has \"a 漢\", of which a part or the whole is not in the vocabulary");
    refusedWith(
        t -> {
          ObjectNode vocab = (ObjectNode) model(t).get("vocab");
          vocab.put("ab", 1001).put("abc", 1002).put("bc", 1003);
          model(t).putArray("merges").add("a b").add("ab c").add("b c").add("a bc");
        },
        "model.merges makes abc in two places");
    refusedWith(t -> model(t).putArray("merges").add("ab"), "model.merges has \"ab\"");
  }

  private static void refusedWith(Consumer<ObjectNode> change, String reason) throws IOException {
    ObjectNode tokenizer = (ObjectNode) JSON.readTree(tokenizer("llama3"));
    change.accept(tokenizer);
    assertRefused(
        tokenizer.toString(),
        "t.json cannot be counted with: "
            + reason
            + ". Byte-level BPE can (Llama 3, Qwen, gpt-oss, Mistral from Nemo on).");
  }

  private static void assertRefused(String json, String message) {
    assertThat(
        assertThrows(UnsupportedTokenizerException.class, () -> read(json)).getMessage(),
        equalTo(message));
  }

  private static ObjectNode model(ObjectNode tokenizer) {
    return (ObjectNode) tokenizer.get("model");
  }

  private static ArrayNode preTokenizers(ObjectNode tokenizer) {
    return (ArrayNode) tokenizer.get("pre_tokenizer").get("pretokenizers");
  }

  private static ObjectNode split(ObjectNode tokenizer) {
    return (ObjectNode) preTokenizers(tokenizer).get(0);
  }

  /** All pairs of tokens that are a token together are merges, in the order of its rank. */
  private static String asTokenizer(TokenList list) {
    ObjectNode tokenizer = JSON.createObjectNode();
    tokenizer.putObject("pre_tokenizer").put("type", "ByteLevel").put("add_prefix_space", false);
    ObjectNode model = tokenizer.putObject("model").put("type", "BPE");
    ObjectNode vocab = model.putObject("vocab");
    List<String> tokens = new ArrayList<>();
    for (int token = 0; token < list.size(); token++) {
      StringBuilder spelled = new StringBuilder();
      for (byte b :
          Arrays.copyOfRange(list.bytes(), list.starts()[token], list.starts()[token + 1])) {
        spelled.append(ByteAlphabet.character(b));
      }
      tokens.add(spelled.toString());
      vocab.put(spelled.toString(), token);
    }
    ArrayNode merges = model.putArray("merges");
    for (String token : tokens) {
      for (int i = 1; i < token.length(); i++) {
        if (vocab.has(token.substring(0, i)) && vocab.has(token.substring(i))) {
          merges.addArray().add(token.substring(0, i)).add(token.substring(i));
        }
      }
    }
    return tokenizer.toString();
  }

  private static HuggingFaceTokenizer read(String json) throws IOException {
    return HuggingFaceTokenizer.read(new ByteArrayInputStream(json.getBytes(UTF_8)), "t.json");
  }

  private static String tokenizer(String name) throws IOException {
    try (BufferedReader lines = lines("tokenizer-" + name + ".json.gz")) {
      return lines.readLine();
    }
  }

  private static BufferedReader lines(String name) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(
                Objects.requireNonNull(
                    HuggingFaceTokenizerTest.class.getResourceAsStream(name), name)),
            UTF_8));
  }
}
