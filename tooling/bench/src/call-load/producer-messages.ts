import type { FinishedCall, PacedCallsOptions } from './paced-calls.ts';

/** To a producer process. */
export interface PlayCall {
  readonly index: number;
  readonly streamName: string;
  readonly contactId: string;
}

/** From a producer process. */
export type ProducerReport =
  | { readonly type: 'ready' }
  | ({ readonly type: 'finished'; readonly index: number } & FinishedCall)
  | { readonly type: 'failed'; readonly index: number; readonly message: string };

export function readOptions(text: string): PacedCallsOptions {
  const options: PacedCallsOptions = JSON.parse(text);
  return options;
}
