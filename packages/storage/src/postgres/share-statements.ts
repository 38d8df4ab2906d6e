import { isCodedError } from '@earshot/domain';
import type { StorageErrorCode } from './storage-error.ts';

/** A row that somebody else keeps locked. */
const OF_ONE: ReadonlySet<string> = new Set([
  'storage.conflict',
  'storage.timeout',
] satisfies StorageErrorCode[]);

export interface SharedStatementOptions<Input, Output> {
  /** How long the first input waits for others; 0: for those of the same turn of the event loop. */
  readonly waitMs: number;
  /** Inputs of one statement at most; more wait for the next. */
  readonly countMax: number;
  /** Two inputs of one key never come into the same statement. */
  readonly keyOf: (input: Input) => string;
  /** After so long a statement no longer keeps those waiting that are not in it. Default: it always does. */
  readonly patienceMs?: number;
  /** Statements under way at once, where there is no more patience. Default 1. */
  readonly inFlightMax?: number;
  /** Answers one output per input, in their order. */
  readonly run: (inputs: readonly Input[]) => Promise<readonly Output[]>;
}

interface Waiting<Input, Output> {
  readonly input: Input;
  readonly resolve: (output: Output) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lets callers that come within a few milliseconds share one statement; every caller gets its own answer. One
 * statement runs at a time, so when the database is slow the groups grow instead of the number of connections.
 *
 * A statement that fails for a reason that one of its inputs may be is run again for each input alone: what is wrong
 * with one of them, or who keeps its row locked, is no matter of the others for longer than that.
 */
export function shareStatements<Input, Output>(
  options: SharedStatementOptions<Input, Output>,
): (input: Input) => Promise<Output> {
  const { patienceMs = Number.POSITIVE_INFINITY, inFlightMax = 1 } = options;
  let waiting: Waiting<Input, Output>[] = [];
  let inFlightCount = 0;
  let turn: Promise<void> | undefined;

  /** One turn after the other: each begins a statement, and ends when the next one may begin. */
  async function takeTurns(): Promise<void> {
    while (waiting.length > 0) {
      await gather(options.waitMs);
      const [group, rest] = nextGroup(waiting, options);
      waiting = rest;
      inFlightCount += 1;
      const answered = answer(group, options.run).finally(() => (inFlightCount -= 1));
      if (inFlightCount < inFlightMax) await within(patienceMs, answered);
      else await answered;
    }
    turn = undefined;
  }

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      // Its failures go to the callers, so it never rejects.
      turn ??= takeTurns();
    });
}

async function gather(waitMs: number): Promise<void> {
  if (waitMs === 0) await new Promise((resolve) => setImmediate(resolve));
  else await new Promise((resolve) => setTimeout(resolve, waitMs));
}

async function within(limitMs: number, work: Promise<void>): Promise<void> {
  if (limitMs === Number.POSITIVE_INFINITY) return await work;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, limitMs);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}

function nextGroup<Input, Output>(
  waiting: readonly Waiting<Input, Output>[],
  { keyOf, countMax }: SharedStatementOptions<Input, Output>,
): [Waiting<Input, Output>[], Waiting<Input, Output>[]] {
  const group = new Map<string, Waiting<Input, Output>>();
  const rest: Waiting<Input, Output>[] = [];
  for (const one of waiting) {
    const key = keyOf(one.input);
    if (group.size < countMax && !group.has(key)) group.set(key, one);
    else rest.push(one);
  }
  return [[...group.values()], rest];
}

async function answer<Input, Output>(
  group: readonly Waiting<Input, Output>[],
  run: (inputs: readonly Input[]) => Promise<readonly Output[]>,
): Promise<void> {
  try {
    const outputs = await run(group.map(({ input }) => input));
    for (const [index, { resolve, reject }] of group.entries()) {
      const output = outputs[index];
      if (output === undefined) reject(new Error('Cannot share statement: it left an input unanswered'));
      else resolve(output);
    }
  } catch (error) {
    if (group.length > 1 && mayBeOfOne(error)) await Promise.all(group.map((one) => answer([one], run)));
    else {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Not when the database is away, which concerns all of them. */
function mayBeOfOne(error: unknown): boolean {
  return isCodedError(error) && (!error.retryable || OF_ONE.has(error.code));
}
