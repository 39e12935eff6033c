package dev.tunebeam.transforms.inspect;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.lessThan;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  /** Keys are put together here, so that no scanner takes this file for a leak. */
  private static String key(String prefix, String rest, int times) {
    return prefix + rest.repeat(times);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "write to ada.lovelace+x@mail.example.com. Or not | write to [e-mail address]. Or not",
        "мой адрес ada@example.org, жду | мой адрес [e-mail address], жду",
        "card 4111 1111 1111 1111, thanks | card [card number], thanks",
        "card 4111-1111-1111-1111 | card [card number]",
        "amex 378282246310005 | amex [card number]",
        "IBAN GB82 WEST 1234 5698 7654 32! | IBAN [IBAN]!",
        "to DE89370400440532013000 please | to [IBAN] please",
        "call +44 20 7946 0958 now | call [telephone number] now",
        "call +49(0)30 901820 | call [telephone number]",
        "call 202-456-1111 or (202) 456-1111 | call [telephone number] or ([telephone number]",
        "ada@example.com,bob@example.com | [e-mail address],[e-mail address]"
      })
  void personalDataIsFoundWhereItStandsAndMasked(String text, String masked) {
    assertThat(Secrets.mask(text), equalTo(masked));
  }

  @Test
  void keysOfKnownShapesAreFound() {
    List<String> keys =
        List.of(
            key("sk" + "-", "aB3", 16),
            key("sk" + "-proj-", "aB3_", 20),
            key("AKI" + "A", "ABCD", 4),
            key("AIz" + "a", "abcde", 7),
            key("gh" + "p_", "abc123", 6),
            key("github_" + "pat_", "a1_", 10),
            key("hf" + "_", "abcde", 7),
            key("sk_" + "live_", "a1b2", 6),
            key("xox" + "b-", "123-", 6) + "a",
            key("glpat" + "-", "abcde", 4),
            key("npm" + "_", "abcdef", 6),
            key("ey" + "J", "hbGci", 4) + key(".ey" + "J", "zdWIi", 4) + ".c2ln");
    for (String key : keys) {
      assertThat(
          key, Secrets.mask("the key " + key + ", keep it"), equalTo("the key [key], keep it"));
    }
    assertThat(
        Secrets.mask(
            "-----BEGIN RSA PRIVATE " + "KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nend"),
        equalTo("[key]\nend"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12 @ 3 euros, @home, a@b, user@localhost",
        "at 1646615806005 ms, number 4212883012996",
        "card 4111 1111 1111 1112",
        "order 1234567890123456",
        "2024-01-05 12:30, 192.168.100.200, 3.14159265358979",
        "GB82 WEST 1234 5698 7654 33",
        "a + 12345678 = b, 1+1, C++ 17",
        "123-456-7890",
        "task-oriented, risk-free, sk-learn, skip-gram-model-of-words",
        "AKIRA, AKIA, JSON, hf_hub, my_variable_name, ----- BEGIN -----",
        "好的，没问题 ١٢٣"
      })
  void whatOnlyLooksLikeASecretIsNone(String text) {
    assertThat(text, Secrets.find(text), empty());
  }

  /** A pass that went back over the text at each sign would take hours here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaa@aaaa",
        "@",
        "-eyJ",
        "sk-",
        "-----BEGIN A ",
        "A ",
        "+1 ",
        "1 2-",
        "AB12 ",
        "_",
        "1"
      })
  void aMegabyteOfSignsIsReadInOnePass(String sign) {
    String text = sign.repeat(1_000_000 / sign.length());
    assertThat(Secrets.find(text).size(), lessThan(3));
  }
}
