/** Fires with another signal, or by itself; once it has fired, nothing of it stays with the other. */
export class LinkedAbort {
  readonly #parent: AbortSignal;
  readonly #controller = new AbortController();
  readonly #follow = (): void => this.abort(this.#parent.reason);

  constructor(parent: AbortSignal) {
    this.#parent = parent;
    if (parent.aborted) this.#follow();
    else parent.addEventListener('abort', this.#follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  abort(reason?: unknown): void {
    this.#parent.removeEventListener('abort', this.#follow);
    this.#controller.abort(reason);
  }
}
