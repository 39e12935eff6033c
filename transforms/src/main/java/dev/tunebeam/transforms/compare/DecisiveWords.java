package dev.tunebeam.transforms.compare;

import dev.tunebeam.dataset.Whitespace;

/**
 * Words that change what a sentence says: negations and small numbers in seven languages, and
 * English opposites. A list, not a grammar: it keeps rows that differ in nothing else apart.
 */
final class DecisiveWords {

  /** A power of two, several times the number of words. */
  private static final int TABLE_SIZE = 1 << 10;

  private static final long[] WORDS =
      table(
          """
          not no never none neither nor without cannot unless except
          zero one two three four five six seven eight nine ten eleven twelve twenty hundred thousand
          half quarter double triple first second third last
          true false yes left right up down on off before after above below over under more less most
          least always sometimes increase decrease maximum minimum max min north south east west
          in out include exclude enable disable start stop open close buy sell and or all any
          nicht kein keine keinen keiner keinem nie niemals ohne weder
          null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
          ne pas jamais aucun aucune sans ni deux trois quatre cinq huit neuf dix
          nunca jamás sin ninguno ninguna tampoco dos tres cuatro seis siete ocho nueve diez
          non mai senza nessuno nessuna due tre quattro cinque sei sette otto nove dieci
          não nem sem nenhum nenhuma dois duas três quatro oito dez
          niet geen nooit zonder twee drie vijf zes zeven negen tien
          """);

  private DecisiveWords() {}

  /** Hashes at the place that their lowest bits say, or the next one that is free. */
  private static long[] table(String words) {
    long[] table = new long[TABLE_SIZE];
    for (String word : Whitespace.strip(words).split("\\s+", 0)) {
      long hash = Letters.hash(word);
      table[place(table, hash)] = hash;
    }
    return table;
  }

  private static int place(long[] table, long hash) {
    int at = (int) hash & (TABLE_SIZE - 1);
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) & (TABLE_SIZE - 1);
    }
    return at;
  }

  /** Whether a word with this hash, in lower case, is one of them. */
  static boolean contain(long hash) {
    return WORDS[place(WORDS, hash)] != 0;
  }
}
