package dev.tunebeam.launcher.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.launcher.process.LauncherException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void itsTextShowsNothing() {
    Authorization authorization =
        new Authorization("api-key", "", new Secret("abcdef123456", "a test"), "a test");
    assertThat(
        authorization.toString(), is("Authorization[header=api-key, prefix=, source=a test]"));
  }

  @Test
  void blanksAndLineEndsAroundAKeyAreNoPartOfIt() {
    assertThat(new Secret(" abcdef123456\r\n", "a test").value(), is("abcdef123456"));
  }

  @ParameterizedTest
  @CsvSource({
    "the key abcdef123456 is wrong, the key *** is wrong",
    "Bearer abcdef123456, Bearer ***",
    "Incorrect API key provided: sk-proj-ab****5678., Incorrect API key provided: ***",
    "sk-stand-in-0123456789abcdef and tgp_v1_0123456789, *** and ***",
    "fw_0123456789abcdef, ***",
    "v1.CmMKHHN0YXRpYw.AAAAdc is short, v1.CmMKHHN0YXRpYw.AAAAdc is short",
    "the task-force asks for disk-space, the task-force asks for disk-space",
  })
  void whatLooksLikeAKeyIsHidden(String text, String expected) {
    assertThat(new Secret("abcdef123456", "a test").hiddenIn(text), is(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"two words", "schlüssel", "a\u0000b", "a\nb"})
  void whatIsNoKeyIsRefusedWithoutBeingShown(String text) {
    LauncherException e =
        assertThrows(LauncherException.class, () -> new Secret(text, "the variable KEY"));
    assertThat(
        e.text(), is("the variable KEY does not contain a valid key: it is more than one word"));
  }

  @Test
  void anEmptyKeyIsSaidToBeEmpty() {
    LauncherException e = assertThrows(LauncherException.class, () -> new Secret(" \n", "file"));
    assertThat(e.text(), is("file does not contain a valid key: it is empty"));
  }
}
