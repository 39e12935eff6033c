package dev.tunebeam.transforms.read.mail;

import dev.tunebeam.dataset.Whitespace;
import dev.tunebeam.transforms.read.input.RowException;
import dev.tunebeam.transforms.row.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.field.DateTimeFieldImpl;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.james.mime4j.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Parses one mail into the fields of a row: Subject, From, To, Date and Content, all strings, empty
 * if the mail has none. Encoded words of headers are decoded. The date is ISO 8601 in UTC, to the
 * second. The content is the first part that is {@code text/plain}, not an attachment and not
 * blank; without one, the first {@code text/html}, unchanged. Line endings are {@code \n}. Labels,
 * if any, are X-Label, X-Gmail-Labels, X-Keywords and Keywords, separated by commas.
 *
 * <p>Holds a mail several times in memory. Nested parts are read down to 30 levels.
 */
final class MailParser {

  private static final int DEEPEST = 30;
  private static final int MOST_HEADERS = 10_000;
  private static final int LONGEST_HEADER = 1 << 20;

  /** Without a UTC offset the lenient parser takes every time zone for GMT. */
  private static final Pattern OFFSET = Pattern.compile("\\s([+-]\\d{4}|GMT|UTC?|Z)\\b");

  private final Charset fallback;
  private final MimeConfig config =
      MimeConfig.custom()
          .setMaxLineLen(-1)
          .setMaxContentLen(-1)
          .setMaxHeaderCount(MOST_HEADERS)
          .setMaxHeaderLen(LONGEST_HEADER)
          .build();

  /**
   * @param fallback the encoding of parts that declare none
   */
  MailParser(Charset fallback) {
    this.fallback = fallback;
  }

  /** What was found so far in a mail. */
  private static final class Found {
    final Map<String, String> headers = new LinkedHashMap<>();
    @Nullable String date;
    String plain = "";
    @Nullable Text html;
  }

  /** A text before decoding. */
  private record Text(ByteBuffer bytes, @Nullable String charset) {}

  /**
   * Parses a mail.
   *
   * @throws RowException if it is not a mail, or cannot be read
   */
  Map<String, Object> parse(byte[] bytes) throws RowException {
    Found found = new Found();
    MimeTokenStream stream = new MimeTokenStream(config);
    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
    stream.parse(new ByteArrayInputStream(bytes));
    try {
      read(stream, found);
    } catch (MimeException e) {
      throw malformed("the mail cannot be read: " + e.getMessage());
    } catch (IOException e) {
      if (e.getCause() instanceof MimeException) {
        throw malformed("the mail cannot be read: " + e.getCause().getMessage());
      }
      throw new UncheckedIOException("reading from memory", e);
    }
    if (found.date == null && found.headers.keySet().stream().allMatch("Labels"::equals)) {
      throw malformed("this is not a mail: it has none of the headers From, To, Subject and Date");
    }
    Text html = found.html;
    String text = Whitespace.isBlank(found.plain) && html != null ? decoded(html) : found.plain;
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String name : new String[] {"Subject", "From", "To"}) {
      fields.put(name, found.headers.getOrDefault(name, ""));
    }
    fields.put("Date", found.date == null ? "" : found.date);
    fields.put("Content", text);
    String labels = found.headers.get("Labels");
    if (labels != null) {
      fields.put("Labels", labels);
    }
    return fields;
  }

  private void read(MimeTokenStream stream, Found found)
      throws MimeException, IOException, RowException {
    int parts = 0;
    int depth = 0;
    boolean attached = false;
    EntityState state = stream.getState();
    for (; state != EntityState.T_END_OF_STREAM; state = stream.next()) {
      switch (state) {
        case T_START_MULTIPART -> {
          if (++depth > DEEPEST) {
            throw malformed("parts stand in parts more than " + DEEPEST + " times");
          }
        }
        case T_END_MULTIPART -> depth--;
        case T_START_BODYPART -> {
          parts++;
          attached = false;
        }
        case T_FIELD -> {
          Field field = stream.getField();
          if (parts == 0) {
            header(field, found);
          }
          String name = field.getName().toLowerCase(Locale.ROOT);
          attached |=
              name.equals("content-disposition")
                  && Whitespace.strip(field.getBody())
                      .toLowerCase(Locale.ROOT)
                      .startsWith("attachment");
        }
        case T_BODY -> {
          if (!attached) {
            body(stream, found);
          }
        }
        default -> {}
      }
    }
  }

  private static void header(Field field, Found found) throws RowException {
    switch (field.getName().toLowerCase(Locale.ROOT)) {
      case "subject" -> found.headers.putIfAbsent("Subject", text(field));
      case "from" -> found.headers.putIfAbsent("From", text(field));
      case "to" -> found.headers.merge("To", text(field), (one, other) -> one + ", " + other);
      case "x-label", "x-gmail-labels", "x-keywords", "keywords" -> {
        String labels = text(field);
        if (!labels.isEmpty()) {
          found.headers.merge("Labels", labels, (one, other) -> one + ", " + other);
        }
      }
      case "date" -> {
        if (found.date == null) {
          found.date = date(field);
        }
      }
      default -> {}
    }
  }

  private static String text(Field field) {
    return Whitespace.strip(DecoderUtil.decodeEncodedWords(field.getBody(), DecodeMonitor.SILENT));
  }

  private static String date(Field field) throws RowException {
    Date date;
    try {
      date = DateTimeFieldImpl.PARSER.parse(field, DecodeMonitor.SILENT).getDate();
    } catch (NumberFormatException e) {
      date = null;
    }
    if (date == null && OFFSET.matcher(field.getBody()).find()) {
      date = DateTimeFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT).getDate();
    }
    if (date == null) {
      throw malformed(
          "the header Date is not a date: \"%s\"; correct or remove it"
              .formatted(Whitespace.strip(field.getBody())));
    }
    return date.toInstant().toString();
  }

  private void body(MimeTokenStream stream, Found found) throws IOException, RowException {
    BodyDescriptor part = stream.getBodyDescriptor();
    String type = part.getMimeType();
    if (type.equals("text/plain") && Whitespace.isBlank(found.plain)) {
      found.plain = decoded(text(stream, part));
    } else if (type.equals("text/html") && found.html == null) {
      found.html = text(stream, part);
    }
  }

  private static Text text(MimeTokenStream stream, BodyDescriptor part) throws IOException {
    return new Text(
        ByteBuffer.wrap(stream.getDecodedInputStream().readAllBytes()), part.getCharset());
  }

  private String decoded(Text part) throws RowException {
    String name = part.charset();
    Charset charset = name == null ? null : CharsetUtil.lookup(name);
    if (name != null && charset == null) {
      throw malformed("the charset of its text is unknown: \"" + name + "\"");
    }
    // US-ASCII is also the default, and what careless programs declare.
    boolean named = charset != null && !charset.equals(StandardCharsets.US_ASCII);
    String text = strictly(charset != null && named ? charset : fallback, part.bytes());
    if (text == null) {
      throw RowException.refused(
          Reason.BAD_ENCODING,
          named
              ? "the text holds bytes that are not " + name + ", the charset that the mail declares"
              : "the mail names no charset for its text, and the text is not "
                  + fallback.name()
                  + "; name another one with the setting charset");
    }
    return Whitespace.stripTrailing(text.replace("\r\n", "\n"));
  }

  private static @Nullable String strictly(Charset charset, ByteBuffer bytes) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(bytes.duplicate())
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static RowException malformed(String problem) {
    return RowException.refused(Reason.MALFORMED_RECORD, problem);
  }
}
