import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the general category of every code point as runs, from the JVM that it runs on: a line is
 * the first code point of a run in hexadecimal and the category. JDK 24 and 25 know Unicode 16.
 *
 * <pre>
 * java tokens/src/generate/java/GenerateCategories.java \
 *     tokens/src/main/resources/dev/tunebeam/tokens/unicode-16-categories.txt
 * </pre>
 */
public final class GenerateCategories {

  /** By the value of {@link Character#getType(int)}; 17 is not used. */
  private static final String[] NAMES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf"
  };

  private GenerateCategories() {}

  /** Takes the file to write. */
  public static void main(String[] args) throws IOException {
    // U+1C89 came with Unicode 16, U+088F with 17.
    if (!Character.isDefined(0x1C89) || Character.isDefined(0x088F)) {
      throw new IllegalStateException(
          "Java " + Runtime.version() + " does not know Unicode 16; take JDK 24 or 25");
    }
    StringBuilder lines = new StringBuilder();
    int previous = -1;
    for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
      int type = Character.getType(codePoint);
      if (type != previous) {
        lines.append(Integer.toHexString(codePoint)).append(' ').append(NAMES[type]).append('\n');
        previous = type;
      }
    }
    Files.writeString(Path.of(args[0]), lines);
  }
}
