package dev.tunebeam.transforms.inspect.secrets;

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
        "ada@example.com,bob@example.com | [e-mail address],[e-mail address]",
        "请联系ada@example.com谢谢 | 请联系[e-mail address]谢谢",
        "max@müller.de und ada@example.com.Danke | [e-mail address] und [e-mail address].Danke",
        "卡号4111111111111111，过期 | 卡号[card number]，过期",
        "4111 1111 1111 1111 12/26 123 | [card number] 12/26 123",
        "6200000000000005, 3530111333300000 | [card number], [card number]",
        "账号DE89370400440532013000谢谢 | 账号[IBAN]谢谢",
        "iban de89 3704 0044 0532 0130 00 | iban [IBAN]",
        "+1 212 736 5000 12 people | [telephone number] 12 people",
        "1-212-736-5000 2024 times | [telephone number] 2024 times"
      })
  void personalDataIsFoundWhereItStandsAndMasked(String text, String masked) {
    assertThat(Secrets.mask(text), equalTo(masked));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "020 7946 0958", // United Kingdom
        "01 42 68 53 00", // France
        "01.42.68.53.00",
        "06-12-34-56-78",
        "0301 234567", // Germany
        "030 901820",
        "030/901820",
        "03-1234-5678", // Japan
        "090-1234-5678",
        "(02) 9374 4000", // Australia
        "0412 345 678",
        "02-312-3456", // South Korea
        "010 6552 9988", // China
        "098765 43210", // India
        "044 668 18 00", // Switzerland
        "021 634 2222" // Ireland, South Africa
      })
  void nationalNumbersWithATrunkPrefixAreFoundInTheGroupsOfTheirCountry(String number) {
    assertThat(
        Secrets.mask("ring " + number + ", please"),
        equalTo("ring " + (number.startsWith("(") ? "(" : "") + "[telephone number], please"));
  }

  @Test
  void otherNationalNumbersAreFoundAfterAWordThatSaysSo() {
    assertThat(Secrets.mask("Tel.: 912 34 56 78."), equalTo("Tel.: [telephone number]."));
    assertThat(Secrets.mask("Handy 0151 23456789"), equalTo("Handy [telephone number]"));
    assertThat(Secrets.mask("电话：138 1234 5678"), equalTo("电话：[telephone number]"));
    assertThat(Secrets.mask("order 912 34 56 78."), equalTo("order 912 34 56 78."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order 0123-4567-890",
        "order no. 0301 234567",
        "SKU 03-1234-5678",
        "case #030 901820",
        "order 00123-45678",
        "invoice 2024-000123-77",
        "on 01.02.2024 10:30",
        "on 01-02-2024",
        "on 01 02 2024",
        "0.123 456 789",
        "0,99 1,99 2,99",
        "costs 1 234 567 890",
        "ISBN 0-306-40615-2",
        "IP 010.020.030.040",
        "ratio 0.1 234567890",
        "part 0000 0000 000",
        "version 0.12.345.678",
        "09:30 12:45 23:59",
        "EAN 012345678905"
      })
  void orderNumbersDatesAndPricesAreNoPhoneNumbers(String text) {
    assertThat(Secrets.mask(text), equalTo(text));
  }

  @Test
  void blanksThatJoinWordsAreBlanksInNumbersToo() {
    assertThat(Secrets.mask("4111\u00a01111\u00a01111\u00a01111"), equalTo("[card number]"));
    assertThat(
        Secrets.mask("DE89\u202f3704\u202f0044\u202f0532\u202f0130\u202f00"), equalTo("[IBAN]"));
    assertThat(
        Secrets.mask("+33\u202f1\u202f42\u202f68\u202f53\u202f00"), equalTo("[telephone number]"));
  }

  @Test
  void aLineEndOfJsonIsNoLetterBeforeASecret() {
    assertThat(
        Secrets.mask("{\"a\":\"card\\n4111111111111111\"}"),
        equalTo("{\"a\":\"card\\n[card number]\"}"));
    assertThat(
        Secrets.mask("[\"key\\t" + key("sk" + "-", "aB3", 16) + "\"]"),
        equalTo("[\"key\\t[key]\"]"));
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
            key("sk" + "-ant-api03-", "aB3-", 20) + "AA",
            key("sk" + "-admin-", "aB3_", 10),
            key("sk_" + "test_", "a1b2", 6),
            key("whsec" + "_", "a1b2", 8),
            key("xap" + "p-1-", "A1B2-", 6) + "a",
            key("GOCSP" + "X-", "abc-", 7),
            key("sk_" + "live_", "a1b2", 6),
            key("xox" + "b-", "123-", 6) + "a",
            key("glpat" + "-", "abcde", 4),
            key("npm" + "_", "abcdef", 6),
            key("ey" + "J", "hbGci", 4) + key(".ey" + "J", "zdWIi", 4) + ".c2ln");
    for (String key : keys) {
      assertThat(
          key, Secrets.mask("the key " + key + ", keep it"), equalTo("the key [key], keep it"));
      assertThat(key, Secrets.mask("密钥" + key + "。"), equalTo("密钥[key]。"));
    }
    assertThat(
        Secrets.mask(
            "-----BEGIN PGP PRIVATE " + "KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----"),
        equalTo("[key]"));
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
        "好的，没问题 ١٢٣",
        "0.4041385153416167 and 0.2479658345199171",
        "49 74 57 94 39 64 53 98, 36 61 34 16 36 70 25",
        "GMT+8 2024-11-15 12:30, (UTC +1 2024-05-06 12:30), +8 2024-12-15 12",
        "sk-folding-cube-loading-spinner sk-circle-fade-dot-container-12",
        "git clone git@github.com:owner/repository.git"
      })
  void whatOnlyLooksLikeASecretIsNone(String text) {
    assertThat(text, Secrets.find(text), empty());
  }

  /** A pass that went back over the text at each sign would take hours here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "aaaa@aaaa",
        "a@bcd",
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
  void megabytesOfSignsAreReadInOnePass(String sign) {
    String text = sign.repeat(4_000_000 / sign.length());
    assertThat(Secrets.find(text).size(), lessThan(3));
  }
}
