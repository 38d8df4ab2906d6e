/** Joins calls of many lanes into one statement. */
export interface GroupedCalls<Item, Answer> {
  /** Resolves with the answer to this item; rejects with what the whole group met. */
  call(item: Item): Promise<Answer>;
}

export interface GroupOptions<Item, Answer> {
  /** Answers in the order of the items. */
  readonly run: (items: readonly Item[]) => Promise<readonly Answer[]>;
  /** Most items of one statement; the rest goes into the next one. */
  readonly itemCountMax: number;
}

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * One statement is in flight at a time; whatever comes meanwhile forms the next group, so groups grow exactly
 * with the load. What waits is bounded by the callers: each lane waits for its own answer.
 */
export function groupCalls<Item, Answer>(options: GroupOptions<Item, Answer>): GroupedCalls<Item, Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let running = false;

  const drain = async (): Promise<void> => {
    if (running) return;
    running = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, options.itemCountMax);
      await settle(group, options.run);
    }
    running = false;
  };

  return {
    call(item) {
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      waiting.push({ item, resolve, reject });
      // After the current turn, so that lanes woken together travel together; `settle` never rejects.
      setImmediate(() => void drain());
      return promise;
    },
  };
}

async function settle<Item, Answer>(
  group: readonly Waiting<Item, Answer>[],
  run: GroupOptions<Item, Answer>['run'],
): Promise<void> {
  try {
    const answers = await run(group.map(({ item }) => item));
    if (answers.length !== group.length) {
      throw new Error(`Cannot share group answers: got ${answers.length} for ${group.length} items`);
    }
    for (const [index, answer] of answers.entries()) group[index]?.resolve(answer);
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}
