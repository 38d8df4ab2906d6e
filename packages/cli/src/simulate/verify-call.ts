import type { ConversationMessage, StopStreamingResponse } from '@earshot/api';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { ReceivedTranscript } from './transcript-receiver.ts';

/** One start..stop of a call, as it was played and as it was answered. */
export interface PlayedLeg {
  readonly playedBytes: Readonly<Record<ParticipantRole, number>>;
  readonly streamIds: Readonly<Record<ParticipantRole, string>>;
  readonly stop: StopStreamingResponse;
}

export interface PlayedCall {
  readonly legs: readonly PlayedLeg[];
  /** In order of arrival. */
  readonly received: readonly ReceivedTranscript[];
  /** What the messages API answers afterwards. */
  readonly messages: readonly ConversationMessage[];
}

/** Everything about a call that does not agree, a line each; empty when all does. Holds no words of the call. */
export function findDisagreements(call: PlayedCall): string[] {
  return [
    ...call.legs.flatMap((leg, index) => summaryDisagreements(call, leg, index + 1)),
    ...sequenceDisagreements(call.received),
    ...messageDisagreements(call),
  ];
}

function summaryDisagreements(call: PlayedCall, leg: PlayedLeg, ordinal: number): string[] {
  const found: string[] = [];
  if (!leg.stop.isOk)
    found.push(`leg ${ordinal}: stop answered isOk false: ${leg.stop.errorMessage ?? 'no reason'}`);
  for (const role of PARTICIPANT_ROLES) {
    const { streamId, status, summary } = leg.stop.autotranscribeResponse[role];
    const where = `leg ${ordinal}, ${role}`;
    const want = (what: string, given: unknown, wanted: unknown): void => {
      if (given !== wanted) found.push(`${where}: ${what} is ${String(given)}, expected ${String(wanted)}`);
    };
    const bytes = leg.playedBytes[role];
    want('status code', status.code, 1000);
    want('streamId of the stop', streamId, leg.streamIds[role]);
    want('totalAudioBytes', summary.totalAudioBytes, bytes);
    want('audioDurationMs', summary.audioDurationMs, Math.floor(bytes / 16));
    want('streamingSeconds', summary.streamingSeconds, Math.ceil(Math.floor(bytes / 16) / 1000));
    const count = call.received.filter(({ body }) => body.streamId === streamId).length;
    want('transcripts', summary.transcripts, count);
    for (const { body } of call.received) {
      const { start, end } = body.autotranscribeResponse;
      if (body.streamId !== streamId || (start >= 0 && start <= end && end <= bytes / 16)) continue;
      found.push(
        `${where}: a transcript lies at ${start}..${end} ms, expected within 0..${Math.floor(bytes / 16)} ms`,
      );
    }
  }
  return found;
}

function sequenceDisagreements(received: readonly ReceivedTranscript[]): string[] {
  return received.flatMap(({ sequence }, index) =>
    sequence === index + 1
      ? []
      : [`webhook ${index + 1} has earshot-sequence ${sequence}, expected ${index + 1}`],
  );
}

function messageDisagreements({ received, messages }: PlayedCall): string[] {
  const found: string[] = [];
  for (const role of PARTICIPANT_ROLES) {
    const posted = received.filter(({ body }) => body.sender.role === role).map(({ body }) => textOf(body));
    const kept = messages.filter(({ sender }) => sender.role === role).map(({ text }) => text);
    if (posted.length === 0) found.push(`no transcript of the ${role} arrived`);
    if (posted.length !== kept.length) {
      found.push(`${role}: ${posted.length} transcripts arrived, the messages API has ${kept.length}`);
    }
    const differing = posted.findIndex((text, index) => kept[index] !== undefined && kept[index] !== text);
    if (differing >= 0) found.push(`${role}: transcript ${differing + 1} differs from the messages API`);
  }
  const times = messages.map(({ clientTimestamp }) => Date.parse(clientTimestamp));
  const late = times.findIndex((time, index) => index > 0 && time < (times[index - 1] ?? time));
  if (late >= 0) found.push(`message ${late + 1} of the messages API is earlier than the one before it`);
  return found;
}

export function textOf(body: ReceivedTranscript['body']): string {
  return body.autotranscribeResponse.utterance[0]?.text ?? '';
}
