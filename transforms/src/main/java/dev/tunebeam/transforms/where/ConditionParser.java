package dev.tunebeam.transforms.where;

import dev.tunebeam.transforms.where.Condition.Field;
import dev.tunebeam.transforms.where.Condition.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the text of {@code where}: comparisons of a field with a value, {@code in}, {@code is
 * null}, {@code and}, {@code or}, {@code not} and parentheses. Words are of any case.
 */
final class ConditionParser {

  /** Nesting beyond this is no condition that somebody wrote. */
  private static final int DEEPEST = 100;

  private static final String WORD = "[\\p{L}_][\\p{L}\\p{M}\\p{N}_.-]*\\??";

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<text>'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.|\"\")*\")"
              + "|(?<field>`[^`]+`)"
              + "|(?<number>[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
              + "|(?<word>"
              + WORD
              + ")"
              + "|(?<sign>==|!=|<>|<=|>=|[=<>()\\[\\],])"
              + "|(?<blank>\\s+)",
          Pattern.DOTALL);

  private static final Set<String> WORDS =
      Set.of("and", "or", "not", "in", "is", "null", "true", "false");

  /** What people write from other languages, and what it is here. */
  private static final Map<String, String> OTHERS =
      Map.of("&", "and", "|", "or", "!", "not", "~", "not");

  /** A token; its kind is that of the pattern's group. */
  private record Token(String kind, String text, int at) {}

  private final String text;
  private final List<Token> tokens;
  private int next;

  ConditionParser(String text) {
    this.text = text;
    this.tokens = tokens(text);
  }

  Condition parse() {
    Condition condition = either(0);
    if (!token().kind().equals("end")) {
      throw expected("and, or, or the end");
    }
    return condition;
  }

  private Condition either(int depth) {
    List<Condition> parts = new ArrayList<>(List.of(both(depth)));
    while (takes("or")) {
      parts.add(both(depth));
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.Or(List.copyOf(parts));
  }

  private Condition both(int depth) {
    List<Condition> parts = new ArrayList<>(List.of(one(depth)));
    while (takes("and")) {
      parts.add(one(depth));
    }
    return parts.size() == 1 ? parts.get(0) : new Condition.And(List.copyOf(parts));
  }

  private Condition one(int depth) {
    if (depth > DEEPEST) {
      throw problem("it is nested too deeply", token());
    }
    if (takes("not")) {
      return new Condition.Not(one(depth + 1));
    }
    if (takes("(")) {
      Condition inner = either(depth + 1);
      require(")");
      return inner;
    }
    return comparison(field());
  }

  private Condition comparison(Field field) {
    if (takes("is")) {
      boolean not = takes("not");
      require("null");
      Condition isNull = new Condition.IsNull(field);
      return not ? new Condition.Not(isNull) : isNull;
    }
    boolean not = takes("not");
    if (takes("in")) {
      Condition in = new Condition.In(field, values());
      return not ? new Condition.Not(in) : in;
    }
    if (not) {
      throw expected("in");
    }
    Token sign = token();
    if (!sign.kind().equals("sign") || !sign.text().matches("[=!<>]+")) {
      throw expected("==, !=, <, <=, >, >=, in or is after the field " + field.name());
    }
    next++;
    Literal value = literal();
    return switch (sign.text()) {
      case "=", "==" -> new Condition.In(field, List.of(value));
      case "!=", "<>" -> new Condition.Not(new Condition.In(field, List.of(value)));
      default ->
          new Condition.Ordered(
              field, sign.text().startsWith("<"), sign.text().endsWith("="), value);
    };
  }

  private List<Literal> values() {
    String end = takes("[") ? "]" : ")";
    if (end.equals(")")) {
      require("(");
    }
    List<Literal> values = new ArrayList<>(List.of(literal()));
    while (takes(",")) {
      values.add(literal());
    }
    require(end);
    return List.copyOf(values);
  }

  private Field field() {
    Token token = token();
    boolean quoted = token.kind().equals("field");
    if (!quoted && (!token.kind().equals("word") || WORDS.contains(lower(token)))) {
      throw expected(
          token.kind().equals("text")
              ? "the name of a field, without quotes, or in `backticks`"
              : "the name of a field");
    }
    next++;
    return new Field(quoted ? token.text().substring(1, token.text().length() - 1) : token.text());
  }

  private Literal literal() {
    Token token = token();
    next++;
    switch (token.kind()) {
      case "text" -> {
        return new Literal(unquoted(token.text()), null, null);
      }
      case "number" -> {
        if (Numbers.of(token.text()) == null) {
          throw problem("the number is too large", token);
        }
        return new Literal(token.text(), Numbers.of(token.text()), null);
      }
      default -> {
        if (lower(token).equals("true") || lower(token).equals("false")) {
          return new Literal(lower(token), null, lower(token).equals("true"));
        }
        next--;
        if (lower(token).equals("null")) {
          throw problem("write is null, or is not null", token);
        }
        throw expected("a number, true, false, or a text in quotes");
      }
    }
  }

  /** Doubled quotes and backslashes stand for the character. */
  private static String unquoted(String token) {
    String quote = token.substring(0, 1);
    return token
        .substring(1, token.length() - 1)
        .replace(quote + quote, quote)
        .replaceAll("\\\\(.)", "$1");
  }

  private Token token() {
    return tokens.get(next);
  }

  private boolean takes(String what) {
    Token token = token();
    boolean fits =
        (token.kind().equals("word") || token.kind().equals("sign")) && lower(token).equals(what);
    next += fits ? 1 : 0;
    return fits;
  }

  private void require(String what) {
    if (!takes(what)) {
      throw expected(what);
    }
  }

  private static String lower(Token token) {
    return token.text().toLowerCase(Locale.ROOT);
  }

  private IllegalArgumentException expected(String what) {
    Token token = token();
    String found = token.kind().equals("end") ? "the end" : "\"" + token.text() + "\"";
    return problem("expected %s, found %s".formatted(what, found), token);
  }

  private IllegalArgumentException problem(String problem, Token at) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "%s at character %d of %s", problem, at.at() + 1, text));
  }

  private List<Token> tokens(String from) {
    List<Token> found = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(from);
    int at = 0;
    while (at < from.length()) {
      if (!matcher.region(at, from.length()).lookingAt()) {
        String sign = from.substring(at, at + 1);
        String other = OTHERS.get(sign);
        String problem =
            other != null
                ? "write %s instead of %s".formatted(other, sign)
                : sign.equals("'") || sign.equals("\"")
                    ? "a quote is not closed"
                    : "unexpected " + sign;
        throw problem(problem, new Token("", sign, at));
      }
      for (String kind : List.of("text", "field", "number", "word", "sign")) {
        if (matcher.group(kind) != null) {
          found.add(new Token(kind, matcher.group(), at));
        }
      }
      at = matcher.end();
    }
    found.add(new Token("end", "", from.length()));
    return found;
  }
}
