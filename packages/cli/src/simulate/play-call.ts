import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { EarshotClient } from '@earshot/client';
import { ensureStream, putCall } from '@earshot/connect-producer';
import type { ParticipantRole } from '@earshot/domain';
import type { FaultService, Strike } from '../faults/fault-service.ts';
import type { PlayedCall, PlayedLeg } from './verify-call.ts';
import type { ReceivedTranscript, TranscriptReceiver } from './transcript-receiver.ts';

/** After the last stop, webhooks still under way get this long to arrive. */
const ARRIVAL_TIMEOUT_MS = 15_000;
/** How long the call is on hold between two legs. */
const HOLD_MS = 1000;
const LOOK_INTERVAL_MS = 50;
/** What the local Kinesis Video Streams reads where to put a stream's identity tags from. */
const IDENTITY_TAG = 'earshot:identity';

export interface CallAudioBytes {
  /** PCM, 8 kHz 16-bit little-endian. */
  readonly customer: Uint8Array;
  readonly agent: Uint8Array;
}

export interface PlayCallDeps {
  readonly client: Pick<EarshotClient, 'startStreaming' | 'stopStreaming' | 'listMessages'>;
  readonly receiver: Pick<TranscriptReceiver, 'follow'>;
  readonly kinesisEndpoint: string;
  /** Where the stream carries its ContactId: before the media of a fragment, after it, or both. */
  readonly identity: 'leading' | 'trailing' | 'both';
  /** What turns speech into text; absent: as the tenant or the deployment chose. */
  readonly engine?: string | undefined;
  /** Whether the start allows recording. */
  readonly record: boolean;
  /** Put in force for the stream of each call before it starts. */
  readonly faults: readonly unknown[];
  readonly faultService: Pick<FaultService, 'put' | 'clear' | 'struck'>;
  readonly signal: AbortSignal;
  readonly onEvent: (event: CallEvent) => void;
}

export type CallEvent =
  | { readonly type: 'started'; readonly guid: string; readonly leg: number }
  | {
      readonly type: 'transcript';
      readonly guid: string;
      readonly role: ParticipantRole;
      readonly startMs: number;
      readonly endMs: number;
      readonly text: string;
      /** Last sample of the utterance sent → webhook received. */
      readonly latencyMs: number;
    }
  | {
      readonly type: 'stopped';
      readonly guid: string;
      readonly leg: number;
      readonly summary: PlayedLeg['stop'];
    }
  | { readonly type: 'faults'; readonly guid: string; readonly struck: readonly Strike[] };

/** Plays one call, leg by leg, each between a start and a stop; ends when its webhooks and messages are there. */
export async function playCall(
  deps: PlayCallDeps,
  guid: string,
  legs: readonly CallAudioBytes[],
  speed: number,
): Promise<PlayedCall> {
  const { client, engine, record, kinesisEndpoint, signal, onEvent } = deps;
  const autotranscribeParams = {
    ...(engine === undefined ? {} : { engine }),
    ...(record ? { audioRecordingAllowed: true } : {}),
  };
  const streamName = `earshot-connect-contact-${guid}`;
  const { streamArn } = await ensureStream({
    endpointUrl: kinesisEndpoint,
    streamName,
    tags: { [IDENTITY_TAG]: deps.identity },
  });
  const { faults, faultService } = deps;
  if (faults.length > 0) await faultService.put(streamName, faults);
  const received: ReceivedTranscript[] = [];
  const playedAtMs = new Map<string, number>();
  deps.receiver.follow(guid, (transcript) => {
    received.push(transcript);
    onEvent(transcriptEvent(transcript, playedAtMs, speed));
  });

  const played: PlayedLeg[] = [];
  for (const [index, tracks] of legs.entries()) {
    if (index > 0) await delay(HOLD_MS, undefined, { signal });
    const start = await client.startStreaming({
      namespace: 'amazonconnect',
      guid,
      customerId: 'simulated-customer',
      agentId: 'simulated-agent',
      amazonConnectParams: { streamArn, startSelectorType: 'NOW' },
      ...(Object.keys(autotranscribeParams).length === 0 ? {} : { autotranscribeParams }),
    });
    const streamIds = {
      customer: start.autotranscribeResponse.customer.streamId,
      agent: start.autotranscribeResponse.agent.streamId,
    };
    onEvent({ type: 'started', guid, leg: index + 1 });
    const startAtMs = Date.now();
    playedAtMs.set(streamIds.customer, startAtMs).set(streamIds.agent, startAtMs);
    const put = await putCall({
      endpointUrl: kinesisEndpoint,
      streamName,
      contactId: guid,
      tracks,
      startAtMs,
      speed,
      signal,
    });
    const stop = await client.stopStreaming({ namespace: 'amazonconnect', guid });
    onEvent({ type: 'stopped', guid, leg: index + 1, summary: stop });
    played.push({ playedBytes: { customer: put.customerBytes, agent: put.agentBytes }, streamIds, stop });
  }

  await arrived(received, played, signal);
  if (faults.length > 0) {
    onEvent({ type: 'faults', guid, struck: await faultService.struck(streamName) });
    await faultService.clear(streamName);
  }
  return { legs: played, received, messages: await client.listMessages({ externalId: guid }) };
}

export function newGuid(): string {
  return randomUUID();
}

function transcriptEvent(
  { body, receivedAtMs }: ReceivedTranscript,
  playedAtMs: ReadonlyMap<string, number>,
  speed: number,
): CallEvent {
  const { start, end, utterance } = body.autotranscribeResponse;
  const sentAtMs = (playedAtMs.get(body.streamId) ?? receivedAtMs) + end / speed;
  return {
    type: 'transcript',
    guid: body.externalConversationId,
    role: body.sender.role,
    startMs: start,
    endMs: end,
    text: utterance[0]?.text ?? '',
    latencyMs: Math.round(receivedAtMs - sentAtMs),
  };
}

/** Waits until as many webhooks are here as the stops counted, or gives up and lets the comparison say so. */
async function arrived(
  received: readonly unknown[],
  legs: readonly PlayedLeg[],
  signal: AbortSignal,
): Promise<void> {
  const wanted = legs
    .map(({ stop }) => stop.autotranscribeResponse)
    .reduce((sum, { customer, agent }) => sum + customer.summary.transcripts + agent.summary.transcripts, 0);
  const deadlineMs = Date.now() + ARRIVAL_TIMEOUT_MS;
  while (received.length < wanted && Date.now() < deadlineMs)
    await delay(LOOK_INTERVAL_MS, undefined, { signal });
}
