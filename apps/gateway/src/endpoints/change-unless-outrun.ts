/** Somebody else changed the endpoint between our reading and our writing. */
export interface Outrun {
  readonly type: 'outrun';
}

const TRY_COUNT_MAX = 3;

/** Reads and writes again while others are faster; the last `outrun` is the answer. */
export async function changeUnlessOutrun<Outcome extends { readonly type: string }>(
  change: () => Promise<Outcome>,
): Promise<Outcome> {
  let outcome = await change();
  for (let tries = 1; tries < TRY_COUNT_MAX && outcome.type === 'outrun'; tries += 1) {
    outcome = await change();
  }
  return outcome;
}
