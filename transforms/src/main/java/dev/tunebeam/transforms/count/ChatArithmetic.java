package dev.tunebeam.transforms.count;

import java.io.Serializable;

/**
 * The tokens that a chat model adds to those of the texts. Source: OpenAI's cookbook, "How to count
 * tokens with tiktoken".
 *
 * @param perMessage tokens around every message
 * @param perName tokens for a message with a name
 * @param functionStart tokens before every tool definition: 7 for gpt-4o and later, 10 before
 * @param perExample tokens of every example; 3 for OpenAI's models, whose answers are primed with
 *     {@code <|start|>assistant<|message|>}
 * @param images tokens of images
 */
public record ChatArithmetic(
    int perMessage, int perName, int functionStart, int perExample, ImageTokens images)
    implements Serializable {

  ChatArithmetic(int perMessage, int perName, int functionStart, int perExample) {
    this(perMessage, perName, functionStart, perExample, ImageTokens.UNKNOWN);
  }

  /** A copy with another arithmetic for images. */
  public ChatArithmetic with(ImageTokens others) {
    return new ChatArithmetic(perMessage, perName, functionStart, perExample, others);
  }

  static final int PROPERTIES_START = 3;
  static final int PROPERTY = 3;
  static final int ENUM_START = -3;
  static final int ENUM_ITEM = 3;

  /** Tokens after the last definition, however many there are. */
  static final int FUNCTIONS_END = 12;

  /** gpt-4o, gpt-4o-mini and the gpt-4.1 family. */
  public static final ChatArithmetic GPT_4O = new ChatArithmetic(3, 1, 7, 3);

  /** gpt-3.5-turbo from 0613 on, and gpt-4. */
  static final ChatArithmetic GPT_4 = new ChatArithmetic(3, 1, 10, 3);
}
