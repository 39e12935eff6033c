package dev.tunebeam.pipelines.recipe;

import static dev.tunebeam.dataset.settings.Checks.check;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.tunebeam.dataset.settings.Group;
import dev.tunebeam.dataset.settings.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the dataset card says that no row does; null for nothing. The names are those of the flags;
 * the recipe's are shorter.
 *
 * @param cardName the title
 * @param cardLicense an identifier of Hugging Face
 * @param cardLanguage codes of ISO 639
 */
@JsonPropertyOrder({"name", "license", "language"})
public record CardSection(
    @JsonProperty("name")
        @Setting(
            group = Group.DATASET,
            value = "TEXT",
            text = "Title of the dataset card, README.md.",
            unset = "\"Fine-tuning dataset\"")
        @Nullable String cardName,
    @JsonProperty("license")
        @Setting(
            group = Group.DATASET,
            value = "NAME",
            text =
                "License in the dataset card, as Hugging Face names it: apache-2.0, cc-by-4.0, other.",
            unset = "none")
        @Nullable String cardLicense,
    @JsonProperty("language")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        @Setting(
            group = Group.DATASET,
            value = "CODES",
            text = "Languages in the dataset card, codes of ISO 639: en, de.",
            unset = "none")
        @Nullable List<String> cardLanguage) {

  /** Nothing is set. */
  public static final CardSection NONE = new CardSection(null, null, null);

  /** Validates. Each message begins with the key. */
  public CardSection {
    check(
        cardName == null || cardName.matches("\\S(.*\\S)?"),
        "name must be one line of text, without spaces around it");
    check(
        cardLicense == null || cardLicense.matches("[a-z0-9][a-z0-9.+-]*"),
        "license must be an identifier such as apache-2.0, not " + cardLicense);
    if (cardLanguage != null) {
      for (@Nullable String code : cardLanguage) {
        check(
            code != null && code.matches("[a-z]{2,3}(-[A-Za-z0-9]+)*"),
            "language must be codes such as en or pt-BR, not " + code);
      }
      cardLanguage = List.copyOf(cardLanguage);
    }
  }
}
