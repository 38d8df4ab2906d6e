/** Prints the tables of the README: `node --conditions=earshot-source corpus/table.ts [calls]` */
import { DEFAULT_ENTITIES, defaultPolicy, ENTITY_NAMES, type EntityName } from '../src/index.ts';
import {
  CORPUS_HALVES,
  CORPUS_STYLES,
  readCorpus,
  type CorpusHalf,
  type CorpusSource,
  type CorpusStyle,
} from './corpus.ts';
import { maskWithEngine } from './mask-with-engine.ts';
import { emptyTally, scoreCorpus, sumOf, type Score, type Tally } from './score.ts';

const source: CorpusSource = process.argv.includes('calls') ? 'calls' : 'scripts';
const OTHERS = ENTITY_NAMES.filter((name) => !DEFAULT_ENTITIES.includes(name));
const columns = CORPUS_STYLES.flatMap((style) => CORPUS_HALVES.map((half) => ({ style, half })));
const byDefault = columns.map(({ style, half }) => scored(style, half, DEFAULT_ENTITIES));
const all = columns.map(({ style, half }) => scored(style, half, ENTITY_NAMES));

function scored(style: CorpusStyle, half: CorpusHalf, entities: readonly EntityName[]): Score {
  return scoreCorpus(readCorpus(half, style, source), maskWithEngine({ ...defaultPolicy, entities }), {
    types: entities,
  });
}

function tallyCell({ spanCount, wholeCount, readableCount }: Tally): string {
  return `${wholeCount}, ${readableCount} of ${spanCount}`;
}

function row(name: string, cells: readonly string[]): void {
  process.stdout.write(`| ${[name, ...cells].join(' | ')} |\n`);
}

row(
  'Left whole, at all readable',
  columns.map(({ style, half }) => `${style}, ${half}`),
);
row(
  '---',
  columns.map(() => '---:'),
);
for (const name of DEFAULT_ENTITIES) {
  row(
    `\`${name}\``,
    byDefault.map(({ byType }) => tallyCell(byType.get(name) ?? emptyTally())),
  );
}
row(
  '**the five on by default**',
  byDefault.map(({ byType }) => tallyCell(sumOf(byType, DEFAULT_ENTITIES))),
);
for (const name of OTHERS) {
  row(
    `\`${name}\``,
    all.map(({ byType }) => tallyCell(byType.get(name) ?? emptyTally())),
  );
}
row(
  'clean turns altered, the five on',
  byDefault.map(({ alteredCount, cleanCount }) => `${alteredCount} of ${cleanCount}`),
);
row(
  'clean turns altered, all on',
  all.map(({ alteredCount, cleanCount }) => `${alteredCount} of ${cleanCount}`),
);
