import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { EvaluationClip } from '@earshot/speech/word-errors';
import { BenchError } from '../bench.ts';

const run = promisify(execFile);

/** Recorded prompts of a telephone exchange with their list; sentences read for a recogniser's own tests. */
const PACKAGES = ['asterisk-core-sounds-en', 'asterisk-core-sounds-en-wav', 'pocketsphinx-testdata'] as const;
const PROMPT_LIST = 'usr/share/doc/asterisk-core-sounds-en/core-sounds-en.txt.gz';
const PROMPTS = 'usr/share/asterisk/sounds/en_US_f_Allison';
const READ_SPEECH = 'usr/share/pocketsphinx/test/data';

/**
 * Clips of Debian packages. Those that are installed are used; the others are fetched with `apt-get download` and
 * unpacked below `folder`, so that nothing is installed on the machine. Throws `BenchError` where that is not possible.
 */
export async function debianSpeech(
  folder: string,
  options: { readonly say: (text: string) => void; readonly signal: AbortSignal },
): Promise<EvaluationClip[]> {
  const root = await rootWithSpeech(folder, options);
  return [
    ...(await promptClips(root)),
    ...(await readClips(root, 'librivox', 'librivox/transcription')),
    ...(await readClips(root, 'cards', 'cards/cards.transcription')),
  ];
}

async function rootWithSpeech(
  folder: string,
  { say, signal }: { readonly say: (text: string) => void; readonly signal: AbortSignal },
): Promise<string> {
  const root = ['/', folder].find(hasSpeech);
  if (root !== undefined) return root;
  say(`fetching ${PACKAGES.join(', ')}`);
  await mkdir(folder, { recursive: true });
  try {
    await download(folder, signal);
    const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
    for (const archive of archives) await run('dpkg-deb', ['-x', archive, '.'], { cwd: folder, signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new BenchError(
      `Cannot fetch ${PACKAGES.join(', ')} from Debian; give recordings of your own with --manifest FILE.tsv`,
      { cause },
    );
  }
  if (!hasSpeech(folder))
    throw new BenchError(`Cannot find the recordings expected in ${PACKAGES.join(', ')}`);
  return folder;
}

function hasSpeech(root: string): boolean {
  return [PROMPT_LIST, PROMPTS, join(READ_SPEECH, 'librivox')].every((path) => existsSync(join(root, path)));
}

/** A machine whose package lists are empty gets them first, where we may do that. */
async function download(folder: string, signal: AbortSignal): Promise<void> {
  const options = { cwd: folder, signal };
  try {
    await run('apt-get', ['download', ...PACKAGES], options);
  } catch (error) {
    if (process.getuid?.() !== 0 || signal.aborted) throw error;
    await run('apt-get', ['update'], options);
    await run('apt-get', ['download', ...PACKAGES], options);
  }
}

/** Words that the list spells wrong, so that nobody is marked down for spelling them right. */
const misspelled: ReadonlyMap<RegExp, string> = new Map([
  [/\brepresenatives\b/g, 'representatives'],
  [/\bUn-indentified\b/g, 'Unidentified'],
  [/\bwitheld\b/g, 'withheld'],
]);

async function promptClips(root: string): Promise<EvaluationClip[]> {
  const list = gunzipSync(await readFile(join(root, PROMPT_LIST))).toString('latin1');
  return promptsIn(list).flatMap(({ name, transcript }) => {
    const path = join(root, PROMPTS, `${name}.wav`);
    return existsSync(path) ? [{ file: `${name}.wav`, path, transcript, source: 'prompts' }] : [];
  });
}

/**
 * `name: text` lines, without those whose text tells of a sound (`[beep]`) or is left open (`...`), and without the
 * single digits, letters and words that lie in folders.
 */
export function promptsIn(list: string): { readonly name: string; readonly transcript: string }[] {
  return list.split(/\r?\n/).flatMap((line) => {
    const [, name, transcript] = /^([\w-]+):\s*(\S.*)$/.exec(line) ?? [];
    if (name === undefined || transcript === undefined || /[[\]()<>{}]|\.\.\./.test(transcript)) return [];
    const spelled = [...misspelled].reduce((text, [wrong, right]) => text.replace(wrong, right), transcript);
    return [{ name, transcript: spelled }];
  });
}

async function readClips(root: string, source: string, list: string): Promise<EvaluationClip[]> {
  const text = await readFile(join(root, READ_SPEECH, list), 'utf8');
  return sphinxTranscripts(text).map(({ name, transcript }) => ({
    file: `${name}.wav`,
    path: join(root, READ_SPEECH, source, `${name}.wav`),
    transcript,
    source,
  }));
}

/** `<s> words </s> (name)` lines, as Sphinx writes them. */
export function sphinxTranscripts(text: string): { readonly name: string; readonly transcript: string }[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [, transcript, name] = /^<s>\s*(.*?)\s*<\/s>\s*\(([^)]+)\)$/.exec(line.trim()) ?? [];
    return name === undefined || transcript === undefined ? [] : [{ name, transcript }];
  });
}
