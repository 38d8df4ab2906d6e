import {
  startScriptedIngest,
  type IngestSurroundings,
  type LogRecord,
  type NodeProcess,
} from '@earshot/scripted-ingest';

/** What a worker's end does to one call. */
export interface TakeOver {
  readonly sessionId: string;
  readonly takenOverAfterMs: number;
  /** Another process ended while it waited, which may have been the one that had just taken it over. */
  readonly isDisturbed: boolean;
}

interface Member {
  readonly process: NodeProcess;
  /** Sessions that it has leased and not left. */
  readonly sessions: Set<string>;
  isEnding: boolean;
}

/** A few ingest processes; whichever ends is replaced. */
export interface IngestFleet {
  /** Take-overs so far, in the order in which they happened. */
  readonly takeOvers: readonly TakeOver[];
  /** Processes that run and hold a call. */
  busy(): readonly NodeProcess[];
  /** Ends one of them, starts another in its place and answers how many calls it held. */
  end(
    process: NodeProcess,
    signal: 'SIGTERM' | 'SIGKILL',
  ): { readonly calls: number; readonly ended: Promise<void> };
  /** A call is over: nobody waits for its take-over any more. */
  forget(sessionId: string): void;
  close(): Promise<void>;
}

export async function startFleet(surroundings: IngestSurroundings, size: number): Promise<IngestFleet> {
  const members = new Map<NodeProcess, Member>();
  const takeOvers: TakeOver[] = [];
  /** Sessions without a worker. */
  const orphans = new Map<string, { readonly sinceMs: number; isDisturbed: boolean }>();
  const starting = new Set<Promise<void>>();

  async function add(): Promise<void> {
    const sessions = new Set<string>();
    const onRecord = (record: LogRecord): void => {
      const { event, sessionId } = record;
      if (typeof sessionId !== 'string') return;
      if (event === 'call.left') sessions.delete(sessionId);
      if (event !== 'call.leased') return;
      sessions.add(sessionId);
      const orphan = orphans.get(sessionId);
      if (orphan === undefined) return;
      const { sinceMs, isDisturbed } = orphan;
      takeOvers.push({ sessionId, takenOverAfterMs: performance.now() - sinceMs, isDisturbed });
      orphans.delete(sessionId);
    };
    const process = await startScriptedIngest({ ...surroundings, onRecord });
    members.set(process, { process, sessions, isEnding: false });
  }

  await Promise.all(Array.from({ length: size }, add));
  return {
    takeOvers,
    busy: () =>
      [...members.values()]
        .filter(({ isEnding, sessions }) => !isEnding && sessions.size > 0)
        .map(({ process }) => process),
    end(process, signal) {
      const member = members.get(process);
      if (member === undefined) throw new Error('Cannot end process: it is not of this fleet');
      member.isEnding = true;
      const held = [...member.sessions];
      const sinceMs = performance.now();
      for (const orphan of orphans.values()) orphan.isDisturbed = true;
      for (const sessionId of held) orphans.set(sessionId, { sinceMs, isDisturbed: false });
      const started = add();
      starting.add(started);
      const ended = process.stop(signal).then((code) => {
        members.delete(process);
        if (signal === 'SIGTERM' && code !== 0) throw new Error(`Cannot drain ingest: exit code ${code}`);
      });
      return { calls: held.length, ended: Promise.all([ended, started]).then(() => undefined) };
    },
    forget: (sessionId) => void orphans.delete(sessionId),
    async close() {
      await Promise.allSettled(starting);
      await Promise.all([...members.values()].map(({ process }) => process.stop('SIGKILL')));
    },
  };
}
