package dev.tunebeam.transforms.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.tunebeam.tokens.TokenCounter;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts and compares the tokens of class names, which are few and short. Not thread-safe.
 *
 * <p>The first token is exact for OpenAI's encodings; for a tokenizer.json it is the longest prefix
 * that is one token and leaves the right number for the rest.
 */
public final class LabelTokens {

  private final TokenCounter counter;
  private final String name;

  /** Loaded only for names of several tokens: it has a vocabulary of its own. */
  private @Nullable Encoding encoding;

  private boolean loaded;

  /**
   * Creates a counter for a model.
   *
   * @param encoding counts its tokens
   */
  public LabelTokens(dev.tunebeam.tokens.Encoding encoding) {
    this.counter = encoding.newCounter();
    // The same vocabulary under another name.
    this.name = encoding.name().replace("o200k_harmony", "o200k_base");
  }

  private @Nullable Encoding encoding() {
    if (!loaded) {
      encoding = Encodings.newLazyEncodingRegistry().getEncoding(name).orElse(null);
      loaded = true;
    }
    return encoding;
  }

  /** The number of tokens of a text. */
  public int count(String text) {
    return counter.count(text);
  }

  /** The first token of a text as its bytes, one character each; for comparison only. */
  public String first(String text) {
    if (text.isEmpty()) {
      return "";
    }
    Encoding known = encoding();
    if (known != null) {
      IntArrayList first = new IntArrayList(1);
      first.add(known.encodeOrdinary(text).get(0));
      return new String(known.decodeBytes(first), ISO_8859_1);
    }
    int all = count(text);
    for (int end = text.length(); end > 0; end--) {
      boolean whole = Excerpt.boundary(text, end) == end;
      if (whole && count(text.substring(0, end)) == 1 && 1 + count(text.substring(end)) == all) {
        return text.substring(0, end);
      }
    }
    return text.substring(0, text.offsetByCodePoints(0, 1));
  }

  /** Whether the first token is different for all texts. */
  public boolean firstTells(Collection<String> texts) {
    Set<String> first = new HashSet<>();
    return texts.stream().allMatch(text -> first.add(first(text)));
  }
}
