import { createEarshotClient } from '@earshot/client';
import { oneOf, parseArguments, wholeNumber } from '../arguments.ts';
import { API_OPTIONS, apiNamed, findRunningApi, SYSTEM_HELP } from '../running-system.ts';
import { UsageError, type Verb } from '../verb.ts';

const LEG_MAX = 100_000;

const OPTIONS = {
  format: { type: 'string' },
  leg: { type: 'string' },
  json: { type: 'boolean' },
  ...API_OPTIONS,
} as const;

export const messages: Verb = {
  name: 'messages',
  summary: 'what was said in a call, to be read or as captions',
  help: `earshot messages GUID [--format txt|vtt|srt|json] [--leg N] [--json]

Prints what was said in all legs of the call, redacted.
  --format FORMAT       txt (default), vtt (WebVTT), srt (SubRip) or json: legs, and lines with their times
  --leg N               only the Nth session of the call, with the times of its audio
  --json                each message as the messages API answers it, one JSON object a line
${SYSTEM_HELP} messages:read`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [externalId, ...more] = positionals;
    if (externalId === undefined || more.length > 0) throw new UsageError('expected the guid of one call');
    const format = oneOf('format', values.format, ['txt', 'vtt', 'srt', 'json'], 'txt');
    const leg = wholeNumber('leg', values.leg, { min: 1, max: LEG_MAX, otherwise: 0 });
    if (values.json === true && (values.format !== undefined || leg > 0)) {
      throw new UsageError('--json is the messages API: it goes without --format and --leg');
    }
    const { conversations } = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    if (values.json === true) {
      for await (const message of conversations.messages({ externalId })) io.out(JSON.stringify(message));
      return 0;
    }
    const part = leg === 0 ? {} : { leg };
    if (format === 'json') io.out(JSON.stringify(await conversations.transcript(externalId, part)));
    else io.out((await conversations.captions(externalId, { format, ...part })).replace(/\n$/, ''));
    return 0;
  },
};
