package dev.tunebeam.transforms.normalize.dialect;

import dev.tunebeam.dataset.Format;
import dev.tunebeam.transforms.row.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Proposes the names of folders as classes, for files whose rows have a text and nothing else to
 * learn: {@code mail/spam/1.eml}, {@code mail/ham/2.eml}. Decided over all files, since one shows
 * no other folder. A pure function.
 */
public final class FolderProposal {

  /** The template for the class. */
  public static final String CLASS = "{{_folder}}";

  /** Why {@link #CLASS} is the completion, for the user. */
  public static final String BECAUSE = "the files lie in folders";

  /** More folders are hardly classes. */
  private static final int MOST = 20;

  private static final Set<String> MAIL = Set.of("Subject", "From", "To", "Date", "Content");

  /** Folders that divide a corpus otherwise. */
  private static final Pattern OTHER =
      Pattern.compile(
          "|train(ing)?|test(ing)?|val(id(ation)?)?|dev|eval(uation)?|.*=.*|[\\d_.-]+|(part|batch|split|chunk|shard)[\\d_.-]*");

  private final FieldMapping mapping;
  private final Set<String> fields = new LinkedHashSet<>();
  private final Set<String> texts = new LinkedHashSet<>();
  private int rows;

  /**
   * @param mapping the recipe's, which has no templates
   */
  public FolderProposal(FieldMapping mapping) {
    this.mapping = mapping;
  }

  /** Whether folders with these names may be classes. */
  public static boolean areClasses(List<String> folders) {
    Set<String> names = new TreeSet<>(folders);
    return names.size() > 1
        && names.size() <= MOST
        && names.stream().noneMatch(n -> OTHER.matcher(n.toLowerCase(Locale.ROOT)).matches());
  }

  /** Adds the first rows of a file. */
  public void add(List<Row> firstRows) {
    rows += firstRows.size();
    for (Row row : firstRows) {
      fields.addAll(row.fields().keySet());
      row.fields()
          .forEach(
              (name, value) -> {
                if (value instanceof String) {
                  texts.add(name);
                }
              });
    }
  }

  /**
   * The shape of all files.
   *
   * @param folders of the files
   * @return empty if the rows have another field to learn, or the folders are no classes
   */
  public Optional<DetectedShape> shape(List<String> folders) {
    Set<String> names = new TreeSet<>(folders);
    boolean mails = MAIL.equals(fields);
    if (!areClasses(folders)
        || rows < ColumnProposal.FEWEST_ROWS
        || !(mails || (texts.size() == 1 && texts.stream().allMatch(UsualNames::isText)))) {
      return Optional.empty();
    }
    String text = texts.iterator().next();
    return Optional.of(
        new DetectedShape(
            Shape.of(
                Dialect.PROMPT_COMPLETION,
                mapping.withTemplates(
                    mails ? "{{Subject}}\n{{Content}}" : "{{" + text + "}}", CLASS)),
            "looks like %s → folder (%s names)"
                .formatted(mails ? "Subject, Content" : text, names.size()),
            Format.COMPLETION,
            true,
            true));
  }
}
