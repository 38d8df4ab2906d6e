import type { CustomVocabulary } from '@earshot/api';
import { createEarshotClient, type VocabularyCalls } from '@earshot/client';
import { parseArguments, refuseOtherOptions } from '../arguments.ts';
import { collectPages } from '../collect-pages.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  'sounds-like': { type: 'string', multiple: true },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

type Values = ReturnType<typeof parseArguments<typeof OPTIONS>>['values'];

export const vocabulary: Verb = {
  name: 'vocabulary',
  summary: 'words and names that transcription should know',
  help: `earshot vocabulary list [--json]
earshot vocabulary add PHRASE [--sounds-like TEXT]... [--json]
earshot vocabulary delete ID... [--json]

add teaches a word or a name as it should be written; an entry cannot be changed: delete it and add another. A team may
have 200 entries, each phrase and spelling with up to 40 characters. Counts for calls that start from then on.
  --sounds-like TEXT    how it may be heard, in ordinary spelling, up to five times: "Polo Fusion" as "polo fuse on"
  --json                what the API answers, one JSON object; with delete one an entry
${SYSTEM_HELP} admin`,
  remedies: { '404-01': 'earshot vocabulary list tells the ids' },
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [word, ...given] = positionals;
    refuseOtherOptions(word ?? 'vocabulary', values, word === 'add' ? ['sounds-like'] : []);
    const open = async (): Promise<VocabularyCalls> =>
      createEarshotClient(await findRunningApi(io.cwd, apiNamed(values))).vocabulary;
    switch (word) {
      case 'list':
        if (given.length > 0) throw new UsageError(`there is no place for ${given.join(' ')}`);
        return await list(await open(), values, io);
      case 'add': {
        const body = { phrase: phraseIn(given), soundsLike: values['sounds-like'] ?? [] };
        print(await (await open()).create(body), values, io);
        return 0;
      }
      case 'delete': {
        if (given.length === 0)
          throw new UsageError('delete which entry? earshot vocabulary list tells the ids');
        const calls = await open();
        for (const id of given) {
          const gone = await calls.delete(id);
          io.out(values.json === true ? JSON.stringify(gone) : `Deleted ${gone.id}  ${gone.phrase}`);
        }
        return 0;
      }
      case undefined:
      default:
        throw new UsageError('expected list, add or delete');
    }
  },
};

function phraseIn(given: readonly string[]): string {
  const [phrase, ...more] = given;
  if (phrase === undefined) throw new UsageError('add which phrase?');
  if (more.length > 0) {
    throw new UsageError(`Cannot add more than one phrase: put "${given.join(' ')}" in quotes if it is one`);
  }
  return phrase;
}

async function list(calls: VocabularyCalls, values: Values, io: CliIo): Promise<number> {
  const items = await collectPages(async (page) => {
    const { customVocabularies, nextCursor } = await calls.list(page);
    return { items: customVocabularies, ...(nextCursor === null ? {} : { nextCursor }) };
  });
  if (values.json === true) io.out(JSON.stringify({ items }));
  else if (items.length === 0) io.out('No words yet: earshot vocabulary add PHRASE');
  else for (const item of items) print(item, values, io);
  return 0;
}

function print({ id, phrase, soundsLike }: CustomVocabulary, { json }: Values, io: CliIo): void {
  if (json === true) io.out(JSON.stringify({ id, phrase, soundsLike }));
  else
    io.out(
      [id, phrase, ...(soundsLike.length === 0 ? [] : [`heard as ${soundsLike.join(', ')}`])].join('  '),
    );
}
