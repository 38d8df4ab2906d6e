import { formatTranscript } from '../src/index.ts';

/*
 * Time of one turn of 30 words: node --conditions=earshot-source bench/format.ts [turns]
 * Prints one JSON line for turns full of numbers and one for turns that stay as they are, times in microseconds.
 */
const turnCount = Number(process.argv[2] ?? '50000');
const WARM_UP_TURNS = 5000;
const WORDS_IN_TURN = 30;

const SOURCES = {
  numbers:
    'call me at four one five five five five oh one two three before march third twenty twenty four at four thirty p m ' +
    'i paid forty two dollars and fifty cents for john dot smith at example dot com which is twenty three percent more',
  plain:
    'Okay, so I was wondering whether you could tell me why the person who came to our house last week ' +
    'never called back, because we are still waiting for somebody to finish the work that he began.',
} as const;

for (const [style, source] of Object.entries(SOURCES)) {
  const words = source.split(' ');
  // Another turn each time, so that nothing is measured twice from a warm cache.
  const turns = words.map((_, i) =>
    [...words.slice(i), ...words.slice(0, i)].slice(0, WORDS_IN_TURN).join(' '),
  );
  const samples: number[] = [];
  for (let count = 0; count < turnCount + WARM_UP_TURNS; count += 1) {
    const text = turns[count % turns.length] ?? '';
    const startedAt = performance.now();
    formatTranscript(text);
    const microseconds = (performance.now() - startedAt) * 1000;
    if (count >= WARM_UP_TURNS) samples.push(microseconds);
  }
  samples.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(samples[Math.floor(samples.length * share)] ?? 0);
  process.stdout.write(
    `${JSON.stringify({ bench: 'format', style, p50: at(0.5), p95: at(0.95), p99: at(0.99) })}\n`,
  );
}
