package dev.tunebeam.transforms.read;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CharsetGuessTest {

  private static final String GERMAN =
      "prompt,completion\nWo ist mein Päckchen?,Es wurde für Sie hinterlegt – grüßen Sie die Nachbarn.\n";
  private static final String RUSSIAN =
      "вопрос,ответ\nКто открыл пенициллин и когда это было?,Александр Флеминг в двадцать восьмом году.\n";
  private static final String JAPANESE = "質問,答え\n荷物はどこにありますか。お知らせください。,お隣の方にお預けしました。ありがとうございます。\n";
  private static final String CHINESE = "问题,答案\n我的包裹在哪里？请告诉我什么时候能收到。,您的包裹已经交给邻居了，请您去取一下，谢谢。\n";

  private static String guess(String text, String charset) throws UnsupportedEncodingException {
    return CharsetGuess.of(text.repeat(5).getBytes(charset));
  }

  @Test
  void legacyEncodingsAreGuessedFromTheirBytes() throws UnsupportedEncodingException {
    assertThat(guess(GERMAN, "windows-1252"), equalTo("windows-1252"));
    assertThat(guess(RUSSIAN, "windows-1251"), equalTo("windows-1251"));
    assertThat(guess(RUSSIAN, "KOI8-R"), equalTo("KOI8-R"));
    assertThat(guess(JAPANESE, "Shift_JIS"), equalTo("Shift_JIS"));
    assertThat(guess(JAPANESE, "EUC-JP"), equalTo("EUC-JP"));
    assertThat(guess(CHINESE, "GB18030"), equalTo("GB18030"));
    assertThat(guess(GERMAN, "UTF-16LE"), equalTo("UTF-16LE"));
    assertThat(guess(GERMAN, "UTF-16BE"), equalTo("UTF-16BE"));
  }

  @Test
  void aSingleCharacterLateInATextIsEnough() throws UnsupportedEncodingException {
    String text = "v1,v2\n" + "ham,where are you\n".repeat(1000) + "spam,win £100 now\n";
    assertThat(CharsetGuess.of(text.getBytes("windows-1252")), equalTo("windows-1252"));
  }

  @Test
  void bytesThatAreTextInNoEncodingAreNotGuessed() {
    byte[] binary = new byte[256];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) i;
    }
    assertThat(CharsetGuess.of(binary), equalTo("UTF-8"));
    assertThat(CharsetGuess.of(new byte[100]), equalTo("UTF-8"));
    assertThat(
        CharsetGuess.of("一二三四五六七八九十\n".getBytes(StandardCharsets.UTF_16LE)), equalTo("UTF-8"));
  }

  @Test
  void utf8IsGuessedEvenIfItIsCutOffOrDamaged() throws UnsupportedEncodingException {
    assertThat(guess(GERMAN, "UTF-8"), equalTo("UTF-8"));
    assertThat(guess("only ASCII\n", "UTF-8"), equalTo("UTF-8"));
    assertThat(CharsetGuess.of(new byte[0]), equalTo("UTF-8"));
    byte[] cut = JAPANESE.getBytes(StandardCharsets.UTF_8);
    assertThat(CharsetGuess.of(Arrays.copyOf(cut, 25)), equalTo("UTF-8"));
    byte[] damaged = JAPANESE.getBytes(StandardCharsets.UTF_8);
    damaged[40] = (byte) 0xFF;
    assertThat(CharsetGuess.of(damaged), equalTo("UTF-8"));
  }
}
