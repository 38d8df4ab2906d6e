import { createEarshotClient } from '@earshot/client';
import { oneOf, parseArguments, positiveNumber, required, wholeNumber } from '../arguments.ts';
import { chosenFaults, FAULT_OPTIONS } from '../faults/chosen-faults.ts';
import { countsOf } from '../faults/fault-report.ts';
import { FaultService } from '../faults/fault-service.ts';
import { findRunningSystem } from '../running-system.ts';
import { newGuid, playCall, type CallEvent } from '../simulate/play-call.ts';
import { splitLegs } from '../simulate/split-legs.ts';
import {
  newReceiverSecret,
  SECRET_HEADER,
  startTranscriptReceiver,
} from '../simulate/transcript-receiver.ts';
import { findDisagreements } from '../simulate/verify-call.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';
import { pcmBytes, readSide } from '../wav-file.ts';

const CALLS_MAX = 500;
/** Calls of one run start this far apart, so that their decodes do not all fall together. */
const STAGGER_MS = 700;

const IDENTITIES = ['leading', 'trailing', 'both'] as const;

const OPTIONS = {
  customer: { type: 'string' },
  agent: { type: 'string' },
  calls: { type: 'string' },
  speed: { type: 'string' },
  'hold-at': { type: 'string' },
  identity: { type: 'string' },
  engine: { type: 'string' },
  record: { type: 'boolean' },
  json: { type: 'boolean' },
  'base-url': { type: 'string' },
  endpoint: { type: 'string' },
  'api-id': { type: 'string' },
  'api-secret': { type: 'string' },
  ...FAULT_OPTIONS,
} as const;

export const simulate: Verb = {
  name: 'simulate',
  summary: 'play a call against a running system and check every answer',
  help: `earshot simulate --customer A.wav --agent B.wav [--calls N] [--speed S] [--hold-at SECONDS]
                 [--engine NAME] [--record] [--identity WHERE] [--fault KIND[:key=value,...]]... [--faults FILE]
                 [--json]

Registers a webhook receiver of its own, starts transcription, plays both sides in real time into Kinesis Video,
prints each transcript with its latency (last sample of the utterance sent to webhook received), stops, fetches the
messages, and compares: audio bytes, counts, sequence, texts. Exit code 1 on any disagreement.
  --customer, --agent    8 kHz 16-bit mono WAV, one side each
  --calls N              so many calls at once (default 1, at most ${CALLS_MAX})
  --speed S              times real time (default 1)
  --hold-at SECONDS      stop there, hold, start again and play the rest
  --engine NAME          what turns the speech into text, one that the system offers (default: the tenant's choice)
  --record               allows the audio to be recorded: earshot recording GUID afterwards
  --identity WHERE       ContactId before the media of a fragment, after it, or both: leading, trailing, both
                         (default both, as Amazon Connect was seen to do)
  --fault, --faults      what goes wrong for the reader of every call's stream; earshot play --help explains by example,
                         earshot play --fault list tells what there is. Damaged and missing fragments cost audio
  --json                 one JSON line an event
  --base-url URL, --endpoint URL (Kinesis Video), --api-id ID, --api-secret SECRET
                         a system other than the one npm start runs here; the key needs the scopes stream:write,
                         messages:read and webhooks:admin`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    if (positionals.length > 0) throw new UsageError(`there is no place for ${positionals.join(' ')}`);
    const customer = pcmBytes(await readSide(required('customer', values.customer)));
    const agent = pcmBytes(await readSide(required('agent', values.agent)));
    const callCount = wholeNumber('calls', values.calls, { min: 1, max: CALLS_MAX, otherwise: 1 });
    const speed = positiveNumber('speed', values.speed, 1);
    const holdAt = values['hold-at'];
    const holdAtMs = holdAt === undefined ? undefined : positiveNumber('hold-at', holdAt, 0) * 1000;
    const identity = oneOf('identity', values.identity, IDENTITIES, 'both');
    const system = await findRunningSystem(io.cwd, systemNamed(values));
    const faultService = new FaultService(system.kinesisEndpoint);
    const faults = await chosenFaults(values, io.cwd, faultService);
    const legs = splitLegs({ customer, agent }, holdAtMs);
    const report = createReport(io, values.json === true);

    const client = createEarshotClient(system);
    const receiver = await startTranscriptReceiver({ secret: newReceiverSecret() });
    try {
      const endpoint = await client.endpoints.create({
        name: `earshot simulate ${process.pid}`,
        url: receiver.url,
        auth: { type: 'secret', name: SECRET_HEADER, in: 'header', value: receiver.secret },
      });
      try {
        const deps = {
          client,
          receiver,
          ...system,
          identity,
          engine: values.engine,
          record: values.record === true,
          faults,
          faultService,
          signal: io.signal,
          onEvent: (event: CallEvent) => report.event(event),
        };
        const results = await Promise.all(
          Array.from({ length: callCount }, async (_, index) => {
            await new Promise((resolve) => setTimeout(resolve, index * STAGGER_MS));
            const guid = newGuid();
            const disagreements = findDisagreements(await playCall(deps, guid, legs, speed));
            report.finished(guid, disagreements);
            return disagreements.length;
          }),
        );
        const refused = receiver.refusedCount;
        if (refused > 0) io.err(`${refused} webhooks were refused: wrong secret or not a transcript`);
        report.summary(callCount);
        return results.every((count) => count === 0) && refused === 0 ? 0 : 1;
      } finally {
        await client.endpoints.delete(endpoint.id);
      }
    } finally {
      // Left open, it would keep the process.
      await receiver.close();
    }
  },
};

function systemNamed(
  values: Partial<Record<'base-url' | 'endpoint' | 'api-id' | 'api-secret', string | undefined>>,
) {
  const named: Record<string, string> = {};
  if (values['base-url'] !== undefined) named['baseUrl'] = values['base-url'];
  if (values.endpoint !== undefined) named['kinesisEndpoint'] = values.endpoint;
  if (values['api-id'] !== undefined) named['apiId'] = values['api-id'];
  if (values['api-secret'] !== undefined) named['apiSecret'] = values['api-secret'];
  return named;
}

function createReport(io: CliIo, json: boolean) {
  const latenciesMs: number[] = [];
  return {
    event(event: CallEvent): void {
      if (event.type === 'transcript') latenciesMs.push(event.latencyMs);
      io.out(json ? JSON.stringify(event) : describeEvent(event));
    },
    finished(guid: string, disagreements: readonly string[]): void {
      if (json) io.out(JSON.stringify({ type: 'checked', guid, disagreements }));
      else if (disagreements.length === 0) io.out('webhooks, summary and messages API agree');
      else for (const line of disagreements) io.out(`DISAGREES  ${line}`);
    },
    summary(calls: number): void {
      const sorted = latenciesMs.toSorted((a, b) => a - b);
      const at = (share: number): number | null =>
        sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null;
      const figures = { calls, transcripts: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95) };
      if (json) io.out(JSON.stringify({ type: 'summary', ...figures }));
      else if (sorted.length === 0) io.out('no transcripts');
      else {
        const latency = `p50 ${figures.p50Ms} ms, p95 ${figures.p95Ms} ms`;
        io.out(`${figures.transcripts} transcripts, end of speech to webhook ${latency}`);
      }
    },
  };
}

function describeEvent(event: CallEvent): string {
  switch (event.type) {
    case 'started':
      return event.leg === 1 ? `call ${event.guid} started` : `call ${event.guid} resumed after the hold`;
    case 'transcript':
      return `${(event.startMs / 1000).toFixed(1).padStart(6)} s  ${event.role.padEnd(8)}  ${event.text}  [${event.latencyMs} ms]`;
    case 'faults':
      return event.struck.length === 0 ? 'no fault struck' : `faults struck: ${countsOf(event.struck)}`;
    case 'stopped': {
      const { customer, agent } = event.summary.autotranscribeResponse;
      return `stopped: customer ${JSON.stringify(customer.summary)}, agent ${JSON.stringify(agent.summary)}`;
    }
  }
}
