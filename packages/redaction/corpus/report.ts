/**
 * Prints figures and misses: `node --conditions=earshot-source corpus/report.ts [HALF] [default|all] [calls]`. Misses of the
 * held-out half are counted, not shown: who sees them writes rules for them.
 */
import { DEFAULT_ENTITIES, defaultPolicy, ENTITY_NAMES } from '../src/index.ts';
import { CORPUS_HALVES, CORPUS_STYLES, readCorpus, type CorpusSource } from './corpus.ts';
import { maskWithEngine } from './mask-with-engine.ts';
import { scoreCorpus, sumOf, type Score, type Tally } from './score.ts';

const [wantedHalf = 'development', wantedPolicy = 'default', ...options] = process.argv.slice(2);
const source: CorpusSource = options.includes('calls') ? 'calls' : 'scripts';
const types: readonly string[] = wantedPolicy === 'all' ? ENTITY_NAMES : DEFAULT_ENTITIES;
const policy = wantedPolicy === 'all' ? { ...defaultPolicy, entities: ENTITY_NAMES } : defaultPolicy;

for (const half of CORPUS_HALVES) {
  if (half !== wantedHalf) continue;
  for (const style of CORPUS_STYLES) {
    const score = scoreCorpus(readCorpus(half, style, source), maskWithEngine(policy), {
      types,
    });
    say(`== ${source} ${half} ${style} (${wantedPolicy})`);
    describe(score);
    if (half === 'development' || options.includes('--show')) listMisses(score);
  }
}

function describe(score: Score): void {
  for (const [type, tally] of score.byType) say(row(type, tally));
  say(row('the five by default', sumOf(score.byType, DEFAULT_ENTITIES)));
  say(`clean turns altered: ${score.alteredCount} of ${score.cleanCount}`);
}

function row(name: string, { spanCount, wholeCount, readableCount }: Tally): string {
  return `${name.padEnd(22)} ${String(spanCount).padStart(4)} spans, ${wholeCount} whole, ${readableCount} partly`;
}

function listMisses({ misses, altered }: Score): void {
  for (const { type, conversation, left, before, turn, output } of misses) {
    say(`MISS ${type} [${left.join(' ')}] ${conversation}\n   < ${before}\n   > ${turn}\n   = ${output}`);
  }
  for (const { conversation, turn, output } of altered)
    say(`ALTERED ${conversation}\n   > ${turn}\n   = ${output}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
