import { randomUUID } from 'node:crypto';
import type { MediaReport } from '@earshot/domain';
import type { CallSession, CallStore, StartSessionInput } from '@earshot/storage';
import { sampleSession, sampleStream } from '@earshot/storage/testing';

/** A call store in memory with the start and stop outcomes of the real one, and means to play the worker. */
export interface MemoryCalls extends Pick<
  CallStore,
  'startSession' | 'requestStop' | 'markStopAnswered' | 'getSession' | 'getCall'
> {
  /** Ends the latest session of the guid with these counts, as a worker does, and tells the listeners. */
  end(
    guid: string,
    counts: Readonly<Record<'customer' | 'agent', { audioBytes: number; transcripts: number }>>,
    extra?: Partial<CallSession>,
  ): void;
  /** Tells of the media of the latest session of the guid, as a worker does. */
  report(guid: string, mediaReport: MediaReport): void;
  /** Makes every start and stop of the guid meet another one in progress. */
  lock(guid: string): void;
  readonly onEnd: Set<(sessionId: string) => void>;
}

interface Row {
  session: CallSession;
  stopAnswered: boolean;
}

export function createMemoryCalls(): MemoryCalls {
  const rows: Row[] = [];
  const locked = new Set<string>();
  const onEnd = new Set<(sessionId: string) => void>();
  const latest = (tenantId: string, guid: string): Row | undefined =>
    rows.findLast(({ session }) => session.tenantId === tenantId && session.guid === guid);

  return {
    onEnd,
    lock: (guid) => void locked.add(guid),
    async startSession(input) {
      if (locked.has(input.guid)) return { type: 'pending' };
      const last = latest(input.tenantId, input.guid);
      if (last !== undefined && !last.stopAnswered && last.session.state !== 'ended') {
        return { type: last.session.state === 'stopping' ? 'pending' : 'running' };
      }
      const session = newSession(input, (last?.session.ordinal ?? 0) + 1);
      rows.push({ session, stopAnswered: false });
      return { type: 'started', session };
    },
    async requestStop({ tenantId, guid, stopAtMs }) {
      const row = latest(tenantId, guid);
      if (row === undefined) return { type: 'unknown' };
      if (locked.has(guid)) return { type: 'pending' };
      if (row.stopAnswered) return { type: 'stopped' };
      if (row.session.state === 'ended') return { type: 'ended', session: row.session };
      if (row.session.state === 'stopping') return { type: 'pending' };
      row.session = { ...row.session, state: 'stopping', stopAtMs };
      return { type: 'stopping', session: row.session };
    },
    async markStopAnswered({ sessionId }) {
      for (const row of rows) if (row.session.sessionId === sessionId) row.stopAnswered = true;
    },
    async getSession(tenantId, sessionId) {
      return rows.find(({ session }) => session.tenantId === tenantId && session.sessionId === sessionId)
        ?.session;
    },
    async getCall(tenantId, guid) {
      const sessions = rows
        .map(({ session }) => session)
        .filter((session) => session.tenantId === tenantId && session.guid === guid);
      const [first] = sessions;
      return first === undefined ? undefined : { conversationId: first.conversationId, sessions };
    },
    report(guid, mediaReport) {
      const row = latest('tenant-1', guid);
      if (row === undefined) throw new Error(`Cannot report on ${guid}: it was not started`);
      row.session = { ...row.session, mediaReport };
    },
    end(guid, counts, extra = {}) {
      const row = latest('tenant-1', guid);
      if (row === undefined) throw new Error(`Cannot end ${guid}: it was not started`);
      const [customer, agent] = row.session.streams;
      row.session = {
        ...row.session,
        state: 'ended',
        endedAtMs: 9000,
        endedReason: 'stopped',
        streams: [
          { ...customer, ...counts.customer },
          { ...agent, ...counts.agent },
        ],
        ...extra,
      };
      for (const listener of onEnd) listener(row.session.sessionId);
    },
  };
}

function newSession(input: StartSessionInput, ordinal: number): CallSession {
  const { customerExternalId, agentExternalId, ...start } = input;
  return sampleSession({
    ...start,
    ordinal,
    sessionId: randomUUID(),
    conversationId: `conversation of ${start.guid}`,
    state: 'queued',
    streams: [
      sampleStream({ role: 'customer', streamId: randomUUID(), externalId: customerExternalId }),
      sampleStream({ role: 'agent', streamId: randomUUID(), externalId: agentExternalId }),
    ],
  });
}
