import type { Arrival, ReceiverBehaviour } from './arrival.ts';

/** To the receiver's process. `take` forgets what it tells. */
export interface ReceiverQuestion {
  readonly type: 'count' | 'look' | 'take';
}

/** From the receiver's process. */
export type ReceiverReport =
  | { readonly type: 'ready'; readonly port: number }
  | { readonly type: 'count'; readonly count: number }
  | { readonly type: 'arrivals'; readonly arrivals: readonly Arrival[] };

export function readBehaviour(text: string): ReceiverBehaviour {
  const behaviour: ReceiverBehaviour = JSON.parse(text);
  return behaviour;
}

/** Of a body as `messageBody` makes it. */
export function readGuid(body: string): string {
  const message: { readonly externalConversationId?: unknown } = JSON.parse(body);
  return String(message.externalConversationId);
}
