/** Writes the labelled conversations anew from the scripts: `node --conditions=earshot-source corpus/generate.ts` */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { CORPUS_HALVES, CORPUS_STYLES, corpusFile, type CorpusHalf, type CorpusStyle } from './corpus.ts';
import { parseScripts, renderScript } from './generator/render-script.ts';

const TAKES = [1, 2];

for (const half of CORPUS_HALVES) {
  for (const style of CORPUS_STYLES) writeFileSync(corpusFile(half, style), generateCorpus(half, style));
}

function generateCorpus(half: CorpusHalf, style: CorpusStyle): string {
  const folder = new URL(`./scripts/${half}/`, import.meta.url);
  const scripts = readdirSync(folder)
    .toSorted()
    .flatMap((name) => parseScripts(readFileSync(new URL(name, folder), 'utf8')));
  const turns = TAKES.flatMap((take) => scripts.flatMap((script) => renderScript(script, style, take)));
  return turns.map((turn) => `${JSON.stringify(turn)}\n`).join('');
}
