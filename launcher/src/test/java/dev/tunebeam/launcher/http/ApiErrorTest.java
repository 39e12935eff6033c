package dev.tunebeam.launcher.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiErrorTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'error':{'message':'No.','type':'t','param':null,'code':'c'}} | c | No.",
        "{'error':{'message':'No.','type':'t','param':'model','code':null}} | t | No. (model)",
        "{'error':{'message':'Bad model','param':'model'}} | `` | Bad model",
        "{'code':'INVALID','message':'Not so'} | INVALID | Not so",
        "{'error':'just a text'} | `` | just a text",
        "{'detail':'Not Found'} | `` | Not Found",
        "{'message':'two\\n  lines','code':7} | 7 | two lines",
        "{'error':{}} | `` | {'error':{}}",
        "[1, 2] | `` | [1, 2]",
        "plain | `` | plain",
        "`` | `` | ``",
      })
  void whateverShapeAnErrorHasItsCodeAndSentenceAreFound(String body, String code, String message) {
    assertThat(
        ApiError.parse(body.replace('\'', '"')),
        is(new ApiError(code, message.replace('\'', '"'))));
  }

  @Test
  void ofAPageWhatABrowserShowsIsLeft() {
    String page =
        "<!DOCTYPE html><html><head><title>502 Bad Gateway</title><style>h1 {}</style></head>"
            + "<body><h1>502 Bad Gateway</h1><script>alert(1)</script><hr>nginx</body></html>";
    assertThat(ApiError.parse(page), is(new ApiError("", "502 Bad Gateway nginx")));
  }

  @Test
  void aLongOneIsCut() {
    assertThat(ApiError.parse("x".repeat(600)), is(new ApiError("", "x".repeat(500) + "…")));
  }
}
