package dev.tunebeam.pipelines.recipe;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * The flags of the job: one for each key of the {@link Recipe}, where they are described, and those
 * of a single run. A flag that is not given is null and leaves the recipe as it is. Names of enum
 * constants stay texts here; {@link RecipeOptions#resolve} checks all and makes one recipe of it.
 *
 * <p>One file because Beam wants one interface.
 */
public interface PrepareOptions extends PipelineOptions {

  /** Overrides {@link Recipe#input}. */
  @Nullable List<String> getInput();

  /** Overrides {@link Recipe#input}. */
  void setInput(@Nullable List<String> value);

  /** Overrides {@link Recipe#inputFormat}. */
  @Nullable String getInputFormat();

  /** Overrides {@link Recipe#inputFormat}. */
  void setInputFormat(@Nullable String value);

  /** Overrides {@link Recipe#charset}. */
  @Nullable String getCharset();

  /** Overrides {@link Recipe#charset}. */
  void setCharset(@Nullable String value);

  /** Overrides {@link Recipe#fieldSeparator}. */
  @Nullable String getFieldSeparator();

  /** Overrides {@link Recipe#fieldSeparator}. */
  void setFieldSeparator(@Nullable String value);

  /** Overrides {@link Recipe#sheet}. */
  @Nullable String getSheet();

  /** Overrides {@link Recipe#sheet}. */
  void setSheet(@Nullable String value);

  /** Overrides {@link Recipe#rows}. */
  @Nullable String getRows();

  /** Overrides {@link Recipe#rows}. */
  void setRows(@Nullable String value);

  /** Overrides {@link Recipe#maxRowBytes}. */
  @Nullable Long getMaxRowBytes();

  /** Overrides {@link Recipe#maxRowBytes}. */
  void setMaxRowBytes(@Nullable Long value);

  /** Overrides {@link MapSection#prompt}. */
  @Nullable String getPrompt();

  /** Overrides {@link MapSection#prompt}. */
  void setPrompt(@Nullable String value);

  /** Overrides {@link MapSection#completion}. */
  @Nullable String getCompletion();

  /** Overrides {@link MapSection#completion}. */
  void setCompletion(@Nullable String value);

  /** Overrides {@link MapSection#system}. */
  @Nullable String getSystem();

  /** Overrides {@link MapSection#system}. */
  void setSystem(@Nullable String value);

  /** Overrides {@link MapSection#classTemplate}. */
  @Nullable String getClassTemplate();

  /** Overrides {@link MapSection#classTemplate}. */
  void setClassTemplate(@Nullable String value);

  /** Overrides {@link MapSection#messages}. */
  @Nullable String getMessages();

  /** Overrides {@link MapSection#messages}. */
  void setMessages(@Nullable String value);

  /** Overrides {@link MapSection#tools}. */
  @Nullable String getTools();

  /** Overrides {@link MapSection#tools}. */
  void setTools(@Nullable String value);

  /** Overrides {@link MapSection#roles}. */
  @Nullable List<String> getRoles();

  /** Overrides {@link MapSection#roles}. */
  void setRoles(@Nullable List<String> value);

  /** Overrides {@link MapSection#chosen}. */
  @Nullable String getChosen();

  /** Overrides {@link MapSection#chosen}. */
  void setChosen(@Nullable String value);

  /** Overrides {@link MapSection#rejected}. */
  @Nullable String getRejected();

  /** Overrides {@link MapSection#rejected}. */
  void setRejected(@Nullable String value);

  /** Overrides {@link Recipe#dialect}. */
  @Nullable String getDialect();

  /** Overrides {@link Recipe#dialect}. */
  void setDialect(@Nullable String value);

  /** Overrides {@link Recipe#remove}. */
  @Nullable List<String> getRemove();

  /** Overrides {@link Recipe#remove}. */
  void setRemove(@Nullable List<String> value);

  /** Overrides {@link CutSection#cutPromptPrefix}. */
  @Nullable String getCutPromptPrefix();

  /** Overrides {@link CutSection#cutPromptPrefix}. */
  void setCutPromptPrefix(@Nullable String value);

  /** Overrides {@link CutSection#cutPromptSuffix}. */
  @Nullable String getCutPromptSuffix();

  /** Overrides {@link CutSection#cutPromptSuffix}. */
  void setCutPromptSuffix(@Nullable String value);

  /** Overrides {@link CutSection#cutCompletionPrefix}. */
  @Nullable String getCutCompletionPrefix();

  /** Overrides {@link CutSection#cutCompletionPrefix}. */
  void setCutCompletionPrefix(@Nullable String value);

  /** Overrides {@link CutSection#cutCompletionSuffix}. */
  @Nullable String getCutCompletionSuffix();

  /** Overrides {@link CutSection#cutCompletionSuffix}. */
  void setCutCompletionSuffix(@Nullable String value);

  /** Overrides {@link Recipe#lowerCase}. */
  @Nullable String getLowerCase();

  /** Overrides {@link Recipe#lowerCase}. */
  void setLowerCase(@Nullable String value);

  /** Overrides {@link Recipe#examples}. */
  @Nullable String getExamples();

  /** Overrides {@link Recipe#examples}. */
  void setExamples(@Nullable String value);

  /** Overrides {@link Recipe#speakers}. */
  @Nullable List<String> getSpeakers();

  /** Overrides {@link Recipe#speakers}. */
  void setSpeakers(@Nullable List<String> value);

  /** Overrides {@link Recipe#format}. */
  @Nullable String getFormat();

  /** Overrides {@link Recipe#format}. */
  void setFormat(@Nullable String value);

  /** Overrides {@link Recipe#task}. */
  @Nullable String getTask();

  /** Overrides {@link Recipe#task}. */
  void setTask(@Nullable String value);

  /** Overrides {@link Recipe#separator}. */
  @Nullable String getSeparator();

  /** Overrides {@link Recipe#separator}. */
  void setSeparator(@Nullable String value);

  /** Overrides {@link Recipe#stop}. */
  @Nullable String getStop();

  /** Overrides {@link Recipe#stop}. */
  void setStop(@Nullable String value);

  /** Overrides {@link Recipe#leadingSpace}. */
  @Nullable Boolean getLeadingSpace();

  /** Overrides {@link Recipe#leadingSpace}. */
  void setLeadingSpace(@Nullable Boolean value);

  /** Overrides {@link Recipe#delimiterInText}. */
  @Nullable String getDelimiterInText();

  /** Overrides {@link Recipe#delimiterInText}. */
  void setDelimiterInText(@Nullable String value);

  /** Overrides {@link Recipe#dedupBy}. */
  @Nullable String getDedupBy();

  /** Overrides {@link Recipe#dedupBy}. */
  void setDedupBy(@Nullable String value);

  /** Overrides {@link Recipe#conflicts}. */
  @Nullable String getConflicts();

  /** Overrides {@link Recipe#conflicts}. */
  void setConflicts(@Nullable String value);

  /** Overrides {@link Recipe#maxRejected}. */
  @Nullable Double getMaxRejected();

  /** Overrides {@link Recipe#maxRejected}. */
  void setMaxRejected(@Nullable Double value);

  /** Overrides {@link Recipe#shardBytes}. */
  @Nullable Long getShardBytes();

  /** Overrides {@link Recipe#shardBytes}. */
  void setShardBytes(@Nullable Long value);

  /** Overrides {@link Recipe#output}. */
  @Nullable String getOutput();

  /** Overrides {@link Recipe#output}. */
  void setOutput(@Nullable String value);

  /** Overrides {@link Recipe#model}. */
  @Nullable String getModel();

  /** Overrides {@link Recipe#model}. */
  void setModel(@Nullable String value);

  /** Overrides {@link Recipe#tokenizer}. */
  @Nullable String getTokenizer();

  /** Overrides {@link Recipe#tokenizer}. */
  void setTokenizer(@Nullable String value);

  /** Overrides {@link Recipe#maxTokens}. */
  @Nullable Integer getMaxTokens();

  /** Overrides {@link Recipe#maxTokens}. */
  void setMaxTokens(@Nullable Integer value);

  /** Overrides {@link Recipe#tooLong}. */
  @Nullable String getTooLong();

  /** Overrides {@link Recipe#tooLong}. */
  void setTooLong(@Nullable String value);

  /** Overrides {@link Recipe#epochs}. */
  @Nullable Integer getEpochs();

  /** Overrides {@link Recipe#epochs}. */
  void setEpochs(@Nullable Integer value);

  /** Overrides {@link Recipe#prices}. */
  @Nullable String getPrices();

  /** Overrides {@link Recipe#prices}. */
  void setPrices(@Nullable String value);

  /** Overrides {@link Recipe#validation}. */
  @Nullable Double getValidation();

  /** Overrides {@link Recipe#validation}. */
  void setValidation(@Nullable Double value);

  /** Overrides {@link Recipe#seed}. */
  @Nullable Long getSeed();

  /** Overrides {@link Recipe#seed}. */
  void setSeed(@Nullable Long value);

  /** See {@link Setting#text}. */
  @Setting(
      group = Group.INPUT,
      value = "FILE",
      text = "YAML file with the settings below, see docs/recipe.md; flags override it.",
      unset = "no recipe")
  @Nullable String getRecipe();

  /** See the getter. */
  void setRecipe(@Nullable String value);

  /** See {@link Setting#text}. */
  @Setting(
      group = Group.RUN,
      value = "",
      text = "Do all but write the dataset: the counts and the price.")
  @Default.Boolean(false)
  boolean isDryRun();

  /** See the getter. */
  void setDryRun(boolean value);

  /** See {@link Setting#text}. */
  @Setting(
      group = Group.RUN,
      value = "",
      text = "Replace the dataset that is in the output folder.")
  @Default.Boolean(false)
  boolean isOverwrite();

  /** See the getter. */
  void setOverwrite(boolean value);

  /** See {@link Setting#text}. */
  @Setting(group = Group.RUN, value = "", text = "No progress line.")
  @Default.Boolean(false)
  boolean isQuiet();

  /** See the getter. */
  void setQuiet(boolean value);

  /** See {@link Setting#text}. */
  @Setting(group = Group.RUN, value = "FILE", text = "File for the logs of Beam and Spark.")
  @Nullable String getLogFile();

  /** See the getter. */
  void setLogFile(@Nullable String value);
}
