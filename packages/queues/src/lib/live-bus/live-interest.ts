import type { LiveScope } from './live-event.ts';

export interface LiveInterestOptions {
  readonly watchTtlMs: number;
  /** Scopes remembered; above it further ones are not believed. */
  readonly scopesMax: number;
  /** Milliseconds of any clock that does not jump. */
  readonly now: () => number;
}

interface Asked {
  anyUntilMs: number;
  partialsUntilMs: number;
}

/** Who asked to watch what, for as long as they go on asking. */
export class LiveInterest {
  readonly #options: LiveInterestOptions;
  readonly #asked = new Map<string, Asked>();

  constructor(options: LiveInterestOptions) {
    this.#options = options;
  }

  note(scope: LiveScope): void {
    const { now, watchTtlMs, scopesMax } = this.#options;
    const key = keyOf(scope.tenantId, scope.conversationId);
    const known = this.#asked.get(key);
    if (known === undefined && this.#asked.size >= scopesMax) {
      this.#forget();
      if (this.#asked.size >= scopesMax) return;
    }
    const untilMs = now() + watchTtlMs;
    const partialsUntilMs = scope.partials ? untilMs : (known?.partialsUntilMs ?? Number.NEGATIVE_INFINITY);
    this.#asked.set(key, { anyUntilMs: untilMs, partialsUntilMs });
  }

  has(tenantId: string, conversationId: string, what: 'partials' | 'any'): boolean {
    if (this.#asked.size === 0) return false;
    return [keyOf(tenantId, undefined), keyOf(tenantId, conversationId)].some((key) =>
      this.#holds(key, what),
    );
  }

  #holds(key: string, what: 'partials' | 'any'): boolean {
    const asked = this.#asked.get(key);
    if (asked === undefined) return false;
    const nowMs = this.#options.now();
    if (asked.anyUntilMs <= nowMs) this.#asked.delete(key);
    return (what === 'any' ? asked.anyUntilMs : asked.partialsUntilMs) > nowMs;
  }

  #forget(): void {
    const nowMs = this.#options.now();
    for (const [key, { anyUntilMs }] of this.#asked) if (anyUntilMs <= nowMs) this.#asked.delete(key);
  }
}

function keyOf(tenantId: string, conversationId: string | undefined): string {
  return JSON.stringify([tenantId, conversationId]);
}
