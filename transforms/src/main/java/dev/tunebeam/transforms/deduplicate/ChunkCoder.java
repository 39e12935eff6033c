package dev.tunebeam.transforms.deduplicate;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;

/** Encodes a {@link Chunk}. Deterministic; about as large as its body. */
public final class ChunkCoder extends CustomCoder<Chunk> {

  private static final ChunkCoder INSTANCE = new ChunkCoder();

  private ChunkCoder() {}

  public static ChunkCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(Chunk chunk, OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(chunk.shard());
    out.writeInt(chunk.index());
    out.writeByte(chunk.kind().ordinal());
    write(out, chunk.bodyBytes());
    write(out, chunk.groupBytes());
    write(out, chunk.linkBytes());
    write(out, chunk.knownBytes());
    writeTexts(out, chunk.classes());
    out.writeInt(chunk.signatures().size());
    for (Signature signature : chunk.signatures()) {
      writeTexts(out, signature.classes());
      for (int size : signature.sizes()) {
        out.writeInt(size);
      }
      out.writeByte(signature.side().ordinal());
    }
    out.flush();
  }

  @Override
  public Chunk decode(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(stream);
    int shard = in.readInt();
    int index = in.readInt();
    Chunk.Kind kind = Chunk.Kind.values()[in.readByte()];
    byte[] body = read(in);
    byte[] groups = read(in);
    byte[] links = read(in);
    byte[] known = read(in);
    List<String> classes = readTexts(in);
    int count = in.readInt();
    List<Signature> signatures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      List<String> names = readTexts(in);
      List<Integer> sizes = new ArrayList<>(names.size());
      for (int j = 0; j < names.size(); j++) {
        sizes.add(in.readInt());
      }
      signatures.add(new Signature(names, sizes, Signature.Side.values()[in.readByte()]));
    }
    return new Chunk(shard, index, kind, body, groups, links, known, classes, signatures);
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      write(out, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(new String(read(in), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] read(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return bytes;
  }

  @Override
  public void verifyDeterministic() {}

  @Override
  public boolean consistentWithEquals() {
    return false;
  }
}
