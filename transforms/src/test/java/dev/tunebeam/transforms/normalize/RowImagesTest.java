package dev.tunebeam.transforms.normalize;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tunebeam.transforms.example.Message;
import dev.tunebeam.transforms.json.JsonText;
import dev.tunebeam.transforms.row.RejectException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowImagesTest {

  private static final Message ANSWER = Message.of(Message.ASSISTANT, "Cats.");

  @Test
  void eachImageOfTheRowTakesItsPlaceInTheTexts() {
    List<Message> turns =
        List.of(user("<image>\nWho is this, and <image>?"), ANSWER, user("And <image>"), ANSWER);
    assertThat(
        JsonText.of(
            RowImages.place(Map.of("images", List.of("u1", "u2", "u3")), turns).stream()
                .map(Message::content)
                .toList()),
        equalTo(
            "[[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u1\"}},"
                + "{\"type\":\"text\",\"text\":\"Who is this, and\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"u2\"}},"
                + "{\"type\":\"text\",\"text\":\"?\"}],"
                + "\"Cats.\","
                + "[{\"type\":\"text\",\"text\":\"And\"},"
                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"u3\"}}],"
                + "\"Cats.\"]"));
  }

  @Test
  void aSingleImageMayBeInTheFieldImage() {
    assertThat(
        JsonText.of(
            RowImages.place(Map.of("image", "u1"), List.of(user("<image>"), ANSWER))
                .get(0)
                .content()),
        equalTo("[{\"type\":\"image_url\",\"image_url\":{\"url\":\"u1\"}}]"));
  }

  @Test
  void rowsWithoutImagesOrPlacesAreLeftAlone() {
    List<Message> turns = List.of(user("<image> is a tag"), ANSWER);
    assertThat(RowImages.place(Map.of(), turns), equalTo(turns));
    assertThat(RowImages.place(Map.of("images", List.of()), turns), equalTo(turns));
    List<Message> plain = List.of(user("What is it?"), ANSWER);
    assertThat(RowImages.place(Map.of("image", "a column"), plain), equalTo(plain));
  }

  @Test
  void anImageWithoutAPlaceOrInAnAnswerRefusesTheRow() {
    assertThat(
        refusal(Map.of("images", List.of("u1")), user("What is it?")),
        equalTo(
            "the row has 1 image, and its texts hold <image> 0 times; each image needs its place"));
    assertThat(
        refusal(Map.of("images", List.of("u1", "u2")), user("<image>")),
        equalTo(
            "the row has 2 images, and its texts hold <image> 1 times; each image needs its"
                + " place"));
    assertThat(
        refusal(Map.of("images", List.of("u1")), Message.of(Message.ASSISTANT, "<image>")),
        equalTo("a message of the role assistant holds an image; only those of the user may"));
    assertThat(
        refusal(Map.of("images", List.of(Map.of("bytes", "x"))), user("<image>")),
        equalTo("an image of the row is not text: a URL or a data URL is needed"));
  }

  private static Message user(String text) {
    return Message.of(Message.USER, text);
  }

  private static String refusal(Map<String, Object> fields, Message turn) {
    return String.valueOf(
        assertThrows(RejectException.class, () -> RowImages.place(fields, List.of(turn)))
            .getMessage());
  }
}
