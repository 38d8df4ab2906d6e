import { errorLines } from './error-lines.ts';
import { CliError, UsageError, type CliIo, type Verb } from './verb.ts';
import { deliveries } from './verbs/deliveries.ts';
import { endpoints } from './verbs/endpoints.ts';
import { erase } from './verbs/erase.ts';
import { evaluate } from './verbs/evaluate.ts';
import { events } from './verbs/events.ts';
import { exportDay } from './verbs/export.ts';
import { file } from './verbs/file.ts';
import { follow } from './verbs/follow.ts';
import { importCaptions } from './verbs/import.ts';
import { inspect } from './verbs/inspect.ts';
import { keys } from './verbs/keys.ts';
import { listen } from './verbs/listen.ts';
import { messages } from './verbs/messages.ts';
import { play } from './verbs/play.ts';
import { recording } from './verbs/recording.ts';
import { redact } from './verbs/redact.ts';
import { redaction } from './verbs/redaction.ts';
import { retention } from './verbs/retention.ts';
import { simulate } from './verbs/simulate.ts';
import { transcribe } from './verbs/transcribe.ts';
import { vocabulary } from './verbs/vocabulary.ts';

const VERBS: readonly Verb[] = [
  simulate,
  play,
  listen,
  endpoints,
  deliveries,
  events,
  keys,
  follow,
  exportDay,
  messages,
  recording,
  file,
  importCaptions,
  transcribe,
  evaluate,
  inspect,
  redact,
  redaction,
  vocabulary,
  retention,
  erase,
];

const controller = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The second time something does not heed the first.
    if (controller.signal.aborted) process.exit(130);
    controller.abort(new CliError('Interrupted'));
  });
}

// A reader that has seen enough (`earshot ... | head`) is no failure, and whom nobody hears needs not be told.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    if (stream === process.stdout) process.exit(0);
  });
}

const io: CliIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  // Opened only by the verb that reads it: an open standard input keeps the process.
  input: { [Symbol.asyncIterator]: () => process.stdin[Symbol.asyncIterator]() },
  terminal: process.stdout.isTTY
    ? { columns: () => process.stdout.columns, write: (text) => process.stdout.write(text) }
    : undefined,
  cwd: process.cwd(),
  signal: controller.signal,
};

process.exitCode = await main(process.argv.slice(2));

async function main([word, ...args]: readonly string[]): Promise<number> {
  const wantsHelp = word === undefined || word === 'help' || word === '--help' || word === '-h';
  const asked = wantsHelp ? args[0] : word;
  const verb = VERBS.find(({ name }) => name === asked);
  if (verb === undefined) {
    (wantsHelp ? io.out : io.err)(
      wantsHelp ? overview() : `earshot: there is no command ${word}\n\n${overview()}`,
    );
    return wantsHelp ? 0 : 2;
  }
  if (wantsHelp || args.includes('--help') || args.includes('-h')) {
    io.out(verb.help);
    return 0;
  }
  try {
    return await verb.run(args, io);
  } catch (error) {
    io.err(`earshot ${verb.name}: ${errorLines(error, verb.remedies).join('\n')}`);
    if (error instanceof UsageError) io.err(`  earshot ${verb.name} --help tells its options`);
    return error instanceof UsageError ? 2 : 1;
  }
}

function overview(): string {
  const width = Math.max(...VERBS.map(({ name }) => name.length));
  const lines = VERBS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'earshot COMMAND [options]',
    '',
    ...lines,
    '',
    'earshot COMMAND --help tells the options of a command',
  ].join('\n');
}
