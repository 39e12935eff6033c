package dev.tunebeam.launcher.launch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.tunebeam.dataset.Manifest;
import dev.tunebeam.dataset.Model;
import dev.tunebeam.dataset.ModelCatalogue;
import dev.tunebeam.launcher.DatasetOnDisk;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A price is "about" right where the model would count the tokens otherwise. */
class RunPriceTest {

  private static final String QWEN = "Qwen/Qwen3-8B";

  @TempDir private Path folder = Path.of("");

  private boolean isApproximate(String model, String encoding) {
    Manifest manifest =
        Dataset.open(new DatasetOnDisk().pricedFor("together", QWEN).encoding(encoding).in(folder))
            .manifest();
    Model known =
        Objects.requireNonNull(ModelCatalogue.standard().find("together/" + model), model);
    return RunPrice.of(manifest, known, 3).approximate();
  }

  @Test
  void countedWithItsOwnTokenizerAModelsPriceIsExact() {
    assertThat(isApproximate(QWEN, QWEN + "@0123456789ab"), is(false));
  }

  @Test
  void aTokenizerThatWasGivenForTheModelIsItsOwnWhateverItIsCalled() {
    assertThat(isApproximate(QWEN, "tokenizer.json@0123456789ab"), is(false));
  }

  @Test
  void countedWithAnotherEncodingItIsApproximate() {
    assertThat(isApproximate(QWEN, "o200k_base"), is(true));
  }

  @Test
  void theTokenizerOfTheModelThatItWasPricedForSaysNothingOfAnother() {
    assertThat(
        isApproximate(
            "meta-llama/Meta-Llama-3.1-8B-Instruct-Reference", "tokenizer.json@0123456789ab"),
        is(true));
  }
}
