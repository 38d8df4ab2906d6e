/** A signal this soon after the first is the same Ctrl-C, handed on by npm and by the terminal. */
const SAME_KEYSTROKE_MS = 700;

export interface ShutdownStep {
  name: string;
  stop: () => Promise<void>;
  /** Ends it at once, for a second Ctrl-C. */
  kill?: () => void;
  /** A step that takes longer is left behind and reported. */
  timeoutMs: number;
}

export interface Shutdown {
  /** Later steps are stopped first. */
  add(step: ShutdownStep): void;
  /** Resolves with the reason when somebody asks for the end. */
  requested: Promise<string>;
  isRequested(): boolean;
  request(reason: string): void;
  /** Stops everything, the newest first; resolves with the names of the steps that failed. Runs once. */
  run(): Promise<readonly string[]>;
  /** Ends what is still there at once, without waiting. */
  killAll(): void;
}

/** Keeps what was started, so that it is stopped in reverse order whatever happens. */
export function createShutdown(report: (line: string) => void): Shutdown {
  const steps: ShutdownStep[] = [];
  const { promise: requested, resolve } = Promise.withResolvers<string>();
  let isRequested = false;
  let running: Promise<readonly string[]> | undefined;
  let current: ShutdownStep | undefined;

  async function stopAll(): Promise<readonly string[]> {
    const failed: string[] = [];
    for (let step = steps.pop(); step; step = steps.pop()) {
      current = step;
      const fault = await stopWithin(step);
      if (fault === undefined) continue;
      report(`${step.name} did not stop in order: ${fault}`);
      step.kill?.();
      failed.push(step.name);
    }
    return failed;
  }

  return {
    add: (step) => {
      steps.push(step);
    },
    requested,
    isRequested: () => isRequested,
    request: (reason) => {
      isRequested = true;
      resolve(reason);
    },
    run: () => (running ??= stopAll()),
    killAll: () => {
      current?.kill?.();
      for (const step of steps.toReversed()) step.kill?.();
    },
  };
}

async function stopWithin(step: ShutdownStep): Promise<string | undefined> {
  const { promise: timeout, resolve } = Promise.withResolvers<string>();
  const timer = setTimeout(() => resolve(`it took longer than ${step.timeoutMs} ms`), step.timeoutMs);
  try {
    return await Promise.race([step.stop().then(() => undefined), timeout]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Tells the second deliberate signal from the echoes of the first. */
export function createSignalJudge(
  now: () => number = () => performance.now(),
): () => 'first' | 'echo' | 'insists' {
  let firstAt: number | undefined;
  return () => {
    if (firstAt === undefined) {
      firstAt = now();
      return 'first';
    }
    return now() - firstAt < SAME_KEYSTROKE_MS ? 'echo' : 'insists';
  };
}
