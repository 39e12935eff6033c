package dev.tunebeam.tokens;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class TokenizerFileTest {

  private static final String TEXT = "They're 12345 naïve words\n\nin 漢字";

  @Test
  void itsNameIsTheTokenizersAndTheBeginningOfTheHash() throws IOException {
    byte[] json = tokenizer("llama3");
    TokenizerFile file = TokenizerFile.of(json, "a/tokenizer.json", "meta-llama/Llama-3.1-8B");

    assertThat(file.name(), equalTo("meta-llama/Llama-3.1-8B@1928fdda8453"));
    byte[] other = Arrays.copyOf(json, json.length + 1);
    other[json.length] = '\n';
    assertThat(
        TokenizerFile.of(other, "a/tokenizer.json", "meta-llama/Llama-3.1-8B").name(),
        not(equalTo(file.name())));
  }

  @Test
  void itCountsAsTheFileDoes() throws IOException {
    byte[] json = tokenizer("qwen");
    TokenCounter counter =
        HuggingFaceTokenizer.read(new ByteArrayInputStream(json), "t.json").newCounter();

    assertThat(
        TokenizerFile.of(json, "t.json", "q").newCounter().count(TEXT),
        equalTo(counter.count(TEXT)));
  }

  @Test
  void aJvmHasOneHoweverOftenItArrives() throws Exception {
    TokenizerFile file = TokenizerFile.of(tokenizer("llama3"), "t.json", "one");

    assertThat(TokenizerFile.of(tokenizer("llama3"), "t.json", "one"), sameInstance(file));
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(sent(file)))) {
      assertThat(in.readObject(), sameInstance(file));
    }
  }

  @Test
  void aWorkerThatHasNoFileCountsTheSame() throws Exception {
    byte[] json = tokenizer("tekken");
    TokenizerFile file = TokenizerFile.of(json, "t.json", "tekken");
    byte[] sent = sent(file);
    assertThat(sent.length, lessThan(json.length));

    URL[] classes = {classesOf(TokenizerFile.class)};
    try (URLClassLoader worker = new URLClassLoader(classes, new LibrariesOnly())) {
      Object arrived = new Receiver(sent, worker).readObject();
      assertThat(arrived.getClass().getClassLoader(), sameInstance(worker));
      Class<?> encoding = worker.loadClass(Encoding.class.getName());
      Class<?> counter = worker.loadClass(TokenCounter.class.getName());
      Method count = counter.getMethod("count", CharSequence.class);
      assertThat(
          count.invoke(encoding.getMethod("newCounter").invoke(arrived), TEXT),
          equalTo(file.newCounter().count(TEXT)));
    }
  }

  @Test
  void aFileOfAnotherKindIsRefusedWithItsName() {
    assertThat(
        assertThrows(
                UnsupportedTokenizerException.class,
                () -> TokenizerFile.of("{\"model\": {}}".getBytes(UTF_8), "t.json", "m"))
            .getMessage(),
        startsWith("t.json cannot be counted with: "));
  }

  @Test
  void anEncodingIsKnownByItsNameAloneAndAnUnknownOneIsRefusedBeforeItIsSent() {
    assertThat(Encoding.named("r50k_base").name(), equalTo("r50k_base"));
    assertThat(
        Encoding.named("r50k_base").newCounter().count(TEXT),
        equalTo(TokenCounters.forEncoding("r50k_base").count(TEXT)));
    assertThat(
        assertThrows(IllegalArgumentException.class, () -> Encoding.named("r50k")).getMessage(),
        startsWith("unknown encoding 'r50k'; known are cl100k_base, "));
  }

  private static byte[] sent(TokenizerFile file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(file);
    }
    return bytes.toByteArray();
  }

  private static byte[] tokenizer(String name) throws IOException {
    String resource = "tokenizer-" + name + ".json.gz";
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(TokenizerFileTest.class.getResourceAsStream(resource)))) {
      return in.readAllBytes();
    }
  }

  private static URL classesOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** Knows what the JVM and the libraries have, but not what is tested. */
  private static final class LibrariesOnly extends ClassLoader {

    LibrariesOnly() {
      super(null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.tunebeam.")) {
        throw new ClassNotFoundException(name);
      }
      return TokenizerFileTest.class.getClassLoader().loadClass(name);
    }
  }

  private static final class Receiver extends ObjectInputStream {

    private final ClassLoader classes;

    Receiver(byte[] sent, ClassLoader classes) throws IOException {
      super(new ByteArrayInputStream(sent));
      this.classes = classes;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass description)
        throws IOException, ClassNotFoundException {
      return Class.forName(description.getName(), false, classes);
    }
  }
}
