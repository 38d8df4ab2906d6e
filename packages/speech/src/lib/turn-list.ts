/** Items that wait in one line per call; the calls take turns, so that none makes the others wait for all it has. */
export class TurnList<T extends { readonly callId: string }> {
  /** Calls in the order of their next turn. */
  readonly #calls = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const line = this.#calls.get(item.callId);
    if (line === undefined) this.#calls.set(item.callId, [item]);
    else line.push(item);
    this.#size += 1;
  }

  /** The first item of the call whose turn it is. */
  take(): T | undefined {
    const [first] = this.#calls;
    if (first === undefined) return undefined;
    const [callId, line] = first;
    const item = line.shift();
    this.#calls.delete(callId);
    if (line.length > 0) this.#calls.set(callId, line);
    this.#size -= 1;
    return item;
  }

  /** False when it does not wait here. */
  remove(item: T): boolean {
    const line = this.#calls.get(item.callId);
    const index = line?.indexOf(item) ?? -1;
    if (line === undefined || index < 0) return false;
    line.splice(index, 1);
    if (line.length === 0) this.#calls.delete(item.callId);
    this.#size -= 1;
    return true;
  }

  takeAll(): readonly T[] {
    const all = [...this.#calls.values()].flat();
    this.#calls.clear();
    this.#size = 0;
    return all;
  }
}
