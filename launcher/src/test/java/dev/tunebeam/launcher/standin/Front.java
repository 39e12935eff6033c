package dev.tunebeam.launcher.standin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * HTTP: reads requests, applies faults and hooks, records, answers. The JDK's server is taken
 * because it hands over a request before its body is read, so that a fault can be chosen by path
 * and strike in the middle of the body.
 */
final class Front implements HttpHandler, AutoCloseable {
  static {
    // Without it every answer on a kept connection waits 40 ms for an acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Plan plan;
  private final Function<Call, Answer> provider;
  private final AtomicInteger numbers = new AtomicInteger();
  private final NavigableMap<Integer, Recorded> recorded = new ConcurrentSkipListMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** Listens on 127.0.0.1 at {@code port}, or any free one for 0. */
  Front(int port, Plan plan, Function<Call, Answer> provider) throws IOException {
    this.plan = plan;
    this.provider = provider;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "stand-in");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", this);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Recorded> recorded() {
    return List.copyOf(recorded.values());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      int number = numbers.incrementAndGet();
      String path = exchange.getRequestURI().getRawPath();
      Plan.Step step = plan.next(number, exchange.getRequestMethod(), path);
      Fault fault = step.fault();
      boolean half = fault != null && fault.delivery() == Fault.Delivery.HALF_REQUEST;
      Call call =
          new Call(
              exchange.getRequestMethod(),
              path,
              Call.parseQuery(exchange.getRequestURI().getRawQuery()),
              exchange.getRequestHeaders(),
              half ? half(exchange) : rest(exchange));
      Recorded request = Recorded.arrived(number, call, fault);
      recorded.put(number, request);
      if (half) {
        return;
      }
      step.beforeEffect().forEach(Runnable::run);
      Answer answer = fault != null && !fault.effect() ? null : provider.apply(call);
      step.beforeAnswer().forEach(Runnable::run);
      if (fault != null && fault.instead() != null) {
        answer = fault.instead();
      }
      deliver(
          exchange, request, fault, answer == null ? Answer.text(500, "text/plain", "") : answer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(
      HttpExchange exchange, Recorded request, @Nullable Fault fault, Answer answer)
      throws IOException, InterruptedException {
    Fault.Delivery delivery = fault == null ? Fault.Delivery.WHOLE : fault.delivery();
    boolean sends = delivery == Fault.Delivery.WHOLE || delivery == Fault.Delivery.HALF_ANSWER;
    // Recorded before it is sent: who has the answer finds the record.
    recorded.put(request.number(), request.answered(sends ? answer.status() : 0, answer.body()));
    if (fault != null && !fault.delay().isZero()) {
      boolean ended = closed.await(fault.delay().toMillis(), TimeUnit.MILLISECONDS);
      sends &= !ended;
    }
    if (delivery == Fault.Delivery.SILENCE) {
      closed.await();
    }
    if (!sends) {
      return;
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    ByteString body = answer.body();
    boolean bodiless = body.size() == 0 || request.method().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.size());
    if (!bodiless) {
      OutputStream out = exchange.getResponseBody();
      int size = delivery == Fault.Delivery.HALF_ANSWER ? body.size() / 2 : body.size();
      out.write(body.toByteArray(), 0, size);
      out.flush();
      if (size == body.size()) {
        out.close();
      }
    }
  }

  private static ByteString rest(HttpExchange exchange) throws IOException {
    try (BufferedSource in = Okio.buffer(Okio.source(exchange.getRequestBody()))) {
      // Of one array: one of segments is copied whole at each search in it.
      return ByteString.of(in.readByteArray());
    }
  }

  private static ByteString half(HttpExchange exchange) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    int half = length == null ? 1 : (int) (Long.parseLong(length) / 2);
    // Not closed: closing would read on to the end.
    return ByteString.of(exchange.getRequestBody().readNBytes(half));
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
