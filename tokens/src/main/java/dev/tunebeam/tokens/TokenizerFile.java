package dev.tunebeam.tokens;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The tokenizer.json of an open model as an encoding. Its bytes are serialized with it, compressed
 * to about a third, so no worker needs the file. A JVM keeps one copy of each tokenizer and parses
 * it once, when the first counter is created. Thread-safe.
 *
 * <p>Memory: the compressed bytes, 3 to 6 MB, and that of {@link HuggingFaceTokenizer}.
 */
public final class TokenizerFile implements Encoding {

  private static final long serialVersionUID = 1;

  /** Bytes of the SHA-256 in the name: enough to distinguish the versions of a file. */
  private static final int HASH_BYTES = 6;

  /** By name, which identifies the content. One per tokenizer in the jobs of this JVM. */
  private static final ConcurrentMap<String, TokenizerFile> OF_THIS_JVM = new ConcurrentHashMap<>();

  private final String name;
  private final byte[] compressed;
  private transient @Nullable HuggingFaceTokenizer tokenizer;

  private TokenizerFile(String name, byte[] compressed) {
    this.name = name;
    this.compressed = compressed;
  }

  /**
   * The tokenizer in a file.
   *
   * @param json the content of the file
   * @param file its name, for messages
   * @param model the tokenizer's name, to which the beginning of the content's SHA-256 is appended:
   *     {@code owner/name@0123456789ab}
   * @throws UnsupportedTokenizerException if the content is not a supported tokenizer
   */
  public static TokenizerFile of(byte[] json, String file, String model) {
    String name = model + "@" + HexFormat.of().formatHex(sha256(json), 0, HASH_BYTES);
    TokenizerFile known = OF_THIS_JVM.get(name);
    if (known != null) {
      return known;
    }
    try {
      TokenizerFile read = new TokenizerFile(name, compressed(json));
      read.tokenizer = HuggingFaceTokenizer.read(new ByteArrayInputStream(json), file);
      return read.ofThisJvm();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public TokenCounter newCounter() {
    return tokenizer().newCounter();
  }

  private synchronized HuggingFaceTokenizer tokenizer() {
    HuggingFaceTokenizer read = tokenizer;
    if (read == null) {
      try (var in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
        read = HuggingFaceTokenizer.read(in, name);
      } catch (IOException e) {
        throw new UncheckedIOException(name + " did not arrive whole", e);
      }
      tokenizer = read;
    }
    return read;
  }

  private TokenizerFile ofThisJvm() {
    TokenizerFile earlier = OF_THIS_JVM.putIfAbsent(name, this);
    return earlier == null ? this : earlier;
  }

  /** Java's deserialization creates an object per task; each resolves to the JVM's single one. */
  private Object readResolve() {
    return ofThisJvm();
  }

  private static byte[] compressed(byte[] json) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
      out.write(json);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
