import type { Clock } from '@earshot/domain';

export interface CircuitBreakerOptions {
  /** Failures in a row that open it. */
  readonly failuresMax: number;
  /** Until the first try after it opened; doubled each time that try fails. */
  readonly openMs: number;
  readonly openMsMax: number;
  readonly clock: Clock;
}

export type CircuitState = 'closed' | 'open' | 'half-open';

/** Says whether something that failed is worth a try. Every `admit` that is true wants a `succeed` or a `fail`. */
export class CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #failureCount = 0;
  #openMs: number;
  #openUntil = 0;
  #state: CircuitState = 'closed';
  #probing = false;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
    this.#openMs = options.openMs;
  }

  get state(): CircuitState {
    return this.#state;
  }

  /** Closed: always. Open: once its time is over, and then one try until that is known to succeed or fail. */
  admit(): boolean {
    if (this.#state === 'closed') return true;
    if (this.#probing || this.#options.clock.now() < this.#openUntil) return false;
    this.#state = 'half-open';
    this.#probing = true;
    return true;
  }

  succeed(): void {
    this.#state = 'closed';
    this.#probing = false;
    this.#failureCount = 0;
    this.#openMs = this.#options.openMs;
  }

  fail(): void {
    this.#failureCount += 1;
    if (this.#state === 'half-open') {
      this.#openMs = Math.min(this.#options.openMsMax, this.#openMs * 2);
      this.#open();
    } else if (this.#state === 'closed' && this.#failureCount >= this.#options.failuresMax) {
      this.#open();
    }
  }

  /** A try that says nothing about what it tried, because its caller gave up. */
  abstain(): void {
    if (this.#state !== 'half-open') return;
    this.#state = 'open';
    this.#probing = false;
  }

  #open(): void {
    this.#state = 'open';
    this.#probing = false;
    this.#openUntil = this.#options.clock.now() + this.#openMs;
  }
}
