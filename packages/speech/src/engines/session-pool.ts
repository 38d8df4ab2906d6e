import type { CloudSession } from './cloud-session.ts';

export interface SessionPoolOptions {
  /** Connections open at once, those at work and those idle. The caller never asks for more at work. */
  readonly sessionsMax: number;
  /** Idle for longer, a session is ended. */
  readonly idleMsMax: number;
}

interface IdleSession {
  readonly key: string;
  readonly session: CloudSession;
  readonly timer: NodeJS.Timeout;
}

/** Keeps sessions open between utterances: one is given back under the key it was taken with. */
export class SessionPool {
  readonly #options: SessionPoolOptions;
  /** Longest idle first. */
  readonly #idle = new Set<IdleSession>();
  readonly #ending = new Set<Promise<void>>();
  #busyCount = 0;
  #closed = false;

  constructor(options: SessionPoolOptions) {
    this.#options = options;
  }

  /** An idle session of `key`, or a new one; the longest idle one of another key makes room where there is none. */
  async take(key: string, open: () => Promise<CloudSession>): Promise<CloudSession> {
    this.#busyCount += 1;
    try {
      return this.#takeIdle(key) ?? (await this.#openInRoom(open));
    } catch (error) {
      this.#busyCount -= 1;
      throw error;
    }
  }

  /** Must follow every `take`. A session that is no longer usable is ended, not kept. */
  giveBack(key: string, session: CloudSession): void {
    this.#busyCount -= 1;
    if (this.#closed || !session.usable) {
      this.#end(session);
      return;
    }
    const idle: IdleSession = {
      key,
      session,
      timer: setTimeout(() => {
        this.#idle.delete(idle);
        this.#end(session);
      }, this.#options.idleMsMax).unref(),
    };
    this.#idle.add(idle);
  }

  /** Ends the idle sessions; one given back later is ended too. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const idle of this.#idle) this.#end(this.#wake(idle));
    await Promise.all(this.#ending);
  }

  #takeIdle(key: string): CloudSession | undefined {
    for (const idle of this.#idle) {
      if (idle.key !== key) continue;
      const session = this.#wake(idle);
      if (session.usable) return session;
      this.#end(session);
    }
    return undefined;
  }

  async #openInRoom(open: () => Promise<CloudSession>): Promise<CloudSession> {
    const [longestIdle] = this.#idle;
    if (longestIdle !== undefined && this.#busyCount + this.#idle.size > this.#options.sessionsMax) {
      this.#end(this.#wake(longestIdle));
    }
    // Who counts connections counts one until it is gone.
    if (this.#busyCount + this.#idle.size + this.#ending.size > this.#options.sessionsMax) {
      await Promise.all(this.#ending);
    }
    return await open();
  }

  #wake(idle: IdleSession): CloudSession {
    clearTimeout(idle.timer);
    this.#idle.delete(idle);
    return idle.session;
  }

  #end(session: CloudSession): void {
    const ending = session.end().finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }
}
