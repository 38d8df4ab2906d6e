import type { FollowEvent } from '@earshot/client';

/** What a follower's events look like on a screen. */
export interface CallLines {
  show(event: FollowEvent): void;
  /** Leaves the screen in order. */
  close?(): void;
}

type Words = Extract<FollowEvent, { readonly type: 'message' | 'partial' }>['data'];

/** A line an event, for files and pipes. */
export function plainLines(out: (line: string) => void): CallLines {
  return {
    show(event) {
      if (event.type === 'message') out(describe(event.data, ' '));
      if (event.type === 'partial') out(describe(event.data, '~'));
      if (event.type === 'end') out(describeEnd(event));
    },
  };
}

/** The event as JSON, a line each. */
export function jsonLines(out: (line: string) => void): CallLines {
  return {
    show(event) {
      const { type, data } = event;
      const id = event.type === 'message' && event.id !== undefined ? { id: event.id } : {};
      out(JSON.stringify({ event: type, ...id, ...data }));
    },
  };
}

/** `mark` tells words that may still change from those that stay. */
export function describe({ startMs = 0, sender, text }: Words, mark: ' ' | '~'): string {
  return `${(startMs / 1000).toFixed(1).padStart(7)} s  ${sender.role.padEnd(8)} ${mark}${printable(text)}`;
}

export function describeEnd({ data }: Extract<FollowEvent, { readonly type: 'end' }>): string {
  return `           session ${data.sessionId} ended, the call is ${data.callState}`;
}

/** Words are shown on a terminal, which control characters could move about. */
function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ');
}
