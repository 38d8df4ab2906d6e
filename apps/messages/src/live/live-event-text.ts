import type { LiveEnd, LiveMessage, LivePartial as PartialAnswer } from '@earshot/api';
import type { LivePartial } from '@earshot/queues';
import type { CommittedMessage } from '@earshot/storage';
import { presentMessage } from '../routes/list-messages/present-message.ts';
import { encodePosition, type LivePosition } from './live-position.ts';

/** What a follower is told, in the order it is told. */
export type LiveItem =
  | { readonly type: 'opened' }
  | {
      readonly type: 'message';
      readonly message: CommittedMessage;
      readonly unredactedText: string | undefined;
      readonly position: LivePosition;
    }
  | { readonly type: 'partial'; readonly partial: LivePartial }
  | { readonly type: 'end'; readonly end: LiveEnd }
  | { readonly type: 'heartbeat' };

/** How long browsers wait before they come back. */
const RETRY_MS = 1000;

/** The item as text/event-stream; JSON has no line breaks, so that one `data` line holds it. */
export function liveEventText(item: LiveItem): string {
  switch (item.type) {
    case 'opened':
      return `retry: ${RETRY_MS}\n\n`;
    case 'message':
      return `id: ${encodePosition(item.position)}\n${event('message', presentLiveMessage(item.message, item.unredactedText))}`;
    case 'partial':
      return event('partial', presentPartial(item.partial));
    case 'end':
      return event('end', item.end);
    case 'heartbeat':
      return ': still here\n\n';
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function presentLiveMessage(message: CommittedMessage, unredactedText: string | undefined): LiveMessage {
  const { streamId, startMs, endMs } = message;
  return {
    ...presentMessage(message, unredactedText),
    ...(streamId === undefined ? {} : { streamId }),
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
  };
}

function presentPartial(partial: LivePartial): PartialAnswer {
  const { streamId, role, senderExternalId, startMs, endMs, text, revision } = partial;
  return { streamId, sender: { role, externalId: senderExternalId }, startMs, endMs, text, revision };
}
