import { createEarshotClient } from '@earshot/client';
import { parseArguments } from '../arguments.ts';
import { jsonLines, plainLines, type CallLines } from '../follow/call-lines.ts';
import { growingLines } from '../follow/growing-lines.ts';
import { API_OPTIONS, apiNamed, findRunningApi } from '../running-system.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  partials: { type: 'boolean' },
  json: { type: 'boolean' },
  'through-holds': { type: 'boolean' },
  ...API_OPTIONS,
} as const;

export const follow: Verb = {
  name: 'follow',
  summary: 'what is being said in a call, as it is said',
  help: `earshot follow GUID [--partials] [--through-holds] [--json]

Prints what was said in the call so far and then each utterance as it is finished, until the call ends or Ctrl-C. A
connection that breaks is taken up again; no utterance is left out or comes twice.
  --partials       also the words of unfinished utterances: on a terminal they grow in place, elsewhere each is a line
                   marked with ~. Needs a key with the scope transcripts:partial
  --through-holds  wait for the call to go on when transcription was stopped
  --json           one JSON line an event: {"event":"message"|"partial"|"end",...}
  --base-url URL, --api-id ID, --api-secret SECRET
                   a system other than the one npm start runs here; the key needs the scope messages:read`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    const [guid, ...more] = positionals;
    if (guid === undefined || more.length > 0) throw new UsageError('expected the guid of one call');
    const client = createEarshotClient(await findRunningApi(io.cwd, apiNamed(values)));
    const { partials = false, 'through-holds': throughHolds = false } = values;
    const lines = linesFor(io, values.json === true);
    for await (const event of client.calls.follow(guid, { partials, throughHolds, signal: io.signal })) {
      lines.show(event);
    }
    lines.close?.();
    return 0;
  },
};

function linesFor(io: CliIo, json: boolean): CallLines {
  if (json) return jsonLines(io.out);
  return io.terminal === undefined ? plainLines(io.out) : growingLines(io.terminal);
}
