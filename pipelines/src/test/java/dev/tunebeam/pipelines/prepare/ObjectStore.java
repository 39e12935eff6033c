package dev.tunebeam.pipelines.prepare;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystem;
import org.apache.beam.sdk.io.FileSystemRegistrar;
import org.apache.beam.sdk.io.fs.CreateOptions;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MatchResult.Metadata;
import org.apache.beam.sdk.io.fs.MatchResult.Status;
import org.apache.beam.sdk.io.fs.MoveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * A file system as object stores have it, in memory: {@code memory://bucket/key}. Names are keys,
 * there are no folders, and {@code a//b} is not {@code a/b}.
 */
public final class ObjectStore extends FileSystem<ObjectStore.Key> {

  private static final String SCHEME = "memory";

  private static final SortedMap<String, byte[]> OBJECTS = new ConcurrentSkipListMap<>();

  private static final SortedMap<String, Integer> OPENED = new ConcurrentSkipListMap<>();

  private static volatile Consumer<String> before = operation -> {};

  /** Called with each operation before it takes effect; may throw. */
  public static void before(Consumer<String> operation) {
    before = operation;
  }

  /** The objects whose keys begin so, by the rest of the key. */
  public static SortedMap<String, byte[]> objects(String prefix) {
    SortedMap<String, byte[]> objects = new TreeMap<>();
    keys(prefix).forEach(key -> objects.put(key.substring(prefix.length()), OBJECTS.get(key)));
    return objects;
  }

  /** Replaces all objects whose keys begin so. */
  public static void replace(String prefix, Map<String, byte[]> objects) {
    OBJECTS.keySet().removeIf(key -> key.startsWith(prefix));
    objects.forEach((key, bytes) -> OBJECTS.put(prefix + key, bytes));
  }

  /** Puts an object there. */
  public static void put(String key, byte[] bytes) {
    OBJECTS.put(key, bytes);
  }

  /** How many times each object whose key begins so was opened. */
  public static SortedMap<String, Integer> opened(String prefix) {
    SortedMap<String, Integer> opened = new TreeMap<>(OPENED);
    opened.keySet().removeIf(key -> !key.startsWith(prefix));
    return opened;
  }

  /** Found by Beam. */
  public static final class Registrar implements FileSystemRegistrar {

    @Override
    public Iterable<FileSystem<?>> fromOptions(@Nullable PipelineOptions options) {
      return List.of(new ObjectStore());
    }
  }

  /** The keys that begin so. */
  static List<String> keys(String prefix) {
    return OBJECTS.keySet().stream().filter(key -> key.startsWith(prefix)).toList();
  }

  @Override
  protected List<MatchResult> match(List<String> specs) {
    List<MatchResult> results = new ArrayList<>();
    for (String spec : specs) {
      before.accept("match " + spec);
      Pattern glob = Pattern.compile(Pattern.quote(spec).replace("*", "\\E[^/]*\\Q"));
      List<Metadata> found =
          OBJECTS.entrySet().stream()
              .filter(object -> glob.matcher(object.getKey()).matches())
              .map(object -> metadata(object.getKey(), object.getValue()))
              .toList();
      results.add(
          found.isEmpty()
              ? MatchResult.create(Status.NOT_FOUND, new FileNotFoundException(spec))
              : MatchResult.create(Status.OK, found));
    }
    return results;
  }

  private static Metadata metadata(String key, byte[] bytes) {
    return Metadata.builder()
        .setResourceId(new Key(key))
        .setSizeBytes(bytes.length)
        .setIsReadSeekEfficient(false)
        .build();
  }

  @Override
  protected WritableByteChannel create(Key key, CreateOptions options) {
    before.accept("create " + key);
    return Channels.newChannel(
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            before.accept("write " + key);
            OBJECTS.put(key.toString(), toByteArray());
          }
        });
  }

  @Override
  protected ReadableByteChannel open(Key key) throws IOException {
    before.accept("open " + key);
    byte[] bytes = OBJECTS.get(key.toString());
    if (bytes == null) {
      throw new FileNotFoundException(key.toString());
    }
    OPENED.merge(key.toString(), 1, Integer::sum);
    return Channels.newChannel(new ByteArrayInputStream(bytes));
  }

  @Override
  protected void copy(List<Key> from, List<Key> to) throws IOException {
    for (int i = 0; i < from.size(); i++) {
      try (ReadableByteChannel in = open(from.get(i))) {
        before.accept("copy " + to.get(i));
        OBJECTS.put(to.get(i).toString(), Channels.newInputStream(in).readAllBytes());
      }
    }
  }

  @Override
  protected void rename(List<Key> from, List<Key> to, MoveOptions... options) throws IOException {
    copy(from, to);
    delete(from);
  }

  @Override
  protected void delete(Collection<Key> keys) {
    for (Key key : keys) {
      before.accept("delete " + key);
      OBJECTS.remove(key.toString());
    }
  }

  @Override
  protected Key matchNewResource(String name, boolean isDirectory) {
    return new Key(isDirectory && !name.endsWith("/") ? name + "/" : name);
  }

  @Override
  protected String getScheme() {
    return SCHEME;
  }

  /** A key with its scheme; the name of a folder ends with a slash. */
  record Key(String name) implements ResourceId {

    @Override
    public ResourceId resolve(String other, ResolveOptions options) {
      boolean isFolder = options.equals(StandardResolveOptions.RESOLVE_DIRECTORY);
      return new Key(getCurrentDirectory() + other + (isFolder ? "/" : ""));
    }

    @Override
    public ResourceId getCurrentDirectory() {
      return new Key(name.substring(0, name.lastIndexOf('/') + 1));
    }

    @Override
    public String getScheme() {
      return SCHEME;
    }

    @Override
    public @Nullable String getFilename() {
      return isDirectory() ? null : name.substring(name.lastIndexOf('/') + 1);
    }

    @Override
    public boolean isDirectory() {
      return name.endsWith("/");
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
