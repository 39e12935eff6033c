package dev.tunebeam.transforms.split;

import dev.tunebeam.transforms.deduplicate.Signature;
import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeMap;

/**
 * The orders of the prompts that a {@link SplitQuota} asks for, by signature: of all prompts about
 * one in 64. Holds 8 bytes for each.
 */
public final class OpenOrders implements Serializable {

  private final TreeMap<Signature, Orders> bySignature = new TreeMap<>();

  void add(Signature signature, long order) {
    orders(signature).add(order);
  }

  /** Adds those of another part of the corpus. */
  void addAll(OpenOrders other) {
    other.bySignature.forEach((signature, orders) -> orders(signature).addAll(orders));
  }

  private Orders orders(Signature signature) {
    return bySignature.computeIfAbsent(signature, s -> new Orders());
  }

  long[] of(Signature signature) {
    Orders orders = bySignature.get(signature);
    return orders == null ? new long[0] : Arrays.copyOf(orders.values, orders.size);
  }

  private static final class Orders implements Serializable {

    private long[] values = new long[4];
    private int size;

    void add(long order) {
      makeRoom(1);
      values[size++] = order;
    }

    void addAll(Orders more) {
      makeRoom(more.size);
      System.arraycopy(more.values, 0, values, size, more.size);
      size += more.size;
    }

    private void makeRoom(int wanted) {
      if (size + wanted > values.length) {
        values = Arrays.copyOf(values, Math.max(2 * values.length, size + wanted));
      }
    }
  }
}
