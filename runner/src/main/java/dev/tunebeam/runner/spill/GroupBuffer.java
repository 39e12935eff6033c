package dev.tunebeam.runner.spill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/** Values by key, as one worker writes them. */
public final class GroupBuffer<T> implements Buffer {

  /** Key, chain and their place in the map. */
  private static final int KEY_OVERHEAD = 176;

  private final Groups<T> groups;
  private final WorkerBuffers siblings;
  private final Coder<T> coder;
  private final List<Run> runs = new ArrayList<>();
  private Map<EncodedKey, Chain> chains = new HashMap<>();
  private PagedBytes pages;
  private long keyBytes;
  private @Nullable SpillFile file;

  GroupBuffer(Groups<T> groups, WorkerBuffers siblings, Coder<T> coder) {
    this.groups = groups;
    this.siblings = siblings;
    this.coder = coder;
    this.pages = newPages();
    siblings.add(this);
  }

  /** Adds a value to the key that has these bytes, and tells how long it is. */
  public long add(byte[] key, T value) throws IOException {
    EncodedKey encoded = new EncodedKey(key);
    Chain chain = chains.get(encoded);
    if (chain == null) {
      chain = new Chain(pages);
      chains.put(encoded, chain);
      keyBytes += KEY_OVERHEAD + key.length;
      siblings.storage().budget().take(KEY_OVERHEAD + key.length);
    }
    long address = pages.size();
    pages.writeLong(0);
    pages.writeLong(0);
    coder.encode(value, pages);
    chain.add(address);
    long length = pages.size() - address;
    siblings.relieve();
    return length;
  }

  @Override
  public long held() {
    return pages.held() + keyBytes;
  }

  @Override
  public void spill() throws IOException {
    if (file == null) {
      file = groups.own(SpillFile.create(siblings.storage().folder()));
    }
    int partitions = groups.partitions();
    List<Map.Entry<EncodedKey, Chain>> sorted = sorted();
    int[] starts = starts(sorted);
    long[] addresses = new long[partitions + 1];
    FileAppender out = new FileAppender(file);
    for (int partition = 0; partition < partitions; partition++) {
      addresses[partition] = out.position();
      for (int i = starts[partition]; i < starts[partition + 1]; i++) {
        Chain chain = sorted.get(i).getValue();
        out.write(chain.fragmentHeader(sorted.get(i).getKey().bytes()));
        chain.copyTo(out);
      }
    }
    addresses[partitions] = out.position();
    out.flush();
    runs.add(new FileRun(file, addresses));
    pages.clear();
    siblings.storage().budget().release(keyBytes);
    keyBytes = 0;
    chains = new HashMap<>();
    pages = newPages();
  }

  /** Ends the writing: from here on it is read. */
  public void finish() {
    siblings.remove(this);
    if (!chains.isEmpty()) {
      List<Map.Entry<EncodedKey, Chain>> sorted = sorted();
      runs.add(new MemoryRun(sorted, starts(sorted)));
    }
    groups.add(runs, this::forget);
  }

  private void forget() {
    pages.clear();
    siblings.storage().budget().release(keyBytes);
    keyBytes = 0;
  }

  private PagedBytes newPages() {
    return new PagedBytes(siblings.storage().budget());
  }

  private List<Map.Entry<EncodedKey, Chain>> sorted() {
    List<Map.Entry<EncodedKey, Chain>> sorted = new ArrayList<>(chains.size());
    List<List<Map.Entry<EncodedKey, Chain>>> byPartition = new ArrayList<>();
    for (int i = 0; i < groups.partitions(); i++) {
      byPartition.add(new ArrayList<>());
    }
    for (Map.Entry<EncodedKey, Chain> entry : chains.entrySet()) {
      byPartition.get(entry.getKey().partition(groups.partitions())).add(entry);
    }
    for (List<Map.Entry<EncodedKey, Chain>> partition : byPartition) {
      partition.sort(Map.Entry.comparingByKey());
      sorted.addAll(partition);
    }
    return sorted;
  }

  private int[] starts(List<Map.Entry<EncodedKey, Chain>> sorted) {
    int[] starts = new int[groups.partitions() + 1];
    for (Map.Entry<EncodedKey, Chain> entry : sorted) {
      starts[entry.getKey().partition(groups.partitions()) + 1]++;
    }
    for (int i = 1; i < starts.length; i++) {
      starts[i] += starts[i - 1];
    }
    return starts;
  }
}
