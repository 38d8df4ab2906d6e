import type { CallStore } from '@earshot/storage';

/** Which app a call session belongs to; asked of the store once. */
export interface CallApps {
  /** At once where it is known. */
  known(sessionId: string): string | undefined;
  /** `undefined` when there is no such session, or too many are asked for. */
  find(tenantId: string, sessionId: string): Promise<string | undefined>;
}

const SESSION_COUNT_MAX = 10_000;
const LOOKUP_COUNT_MAX = 100;

export function createCallApps(calls: Pick<CallStore, 'getSession'>): CallApps {
  const apps = new Map<string, string>();
  const lookups = new Map<string, Promise<string | undefined>>();

  const lookUp = async (tenantId: string, sessionId: string): Promise<string | undefined> => {
    try {
      const session = await calls.getSession(tenantId, sessionId);
      if (session === undefined) return undefined;
      apps.set(sessionId, session.appId);
      const [oldest] = apps.keys();
      if (apps.size > SESSION_COUNT_MAX && oldest !== undefined) apps.delete(oldest);
      return session.appId;
    } finally {
      lookups.delete(sessionId);
    }
  };

  return {
    known: (sessionId) => apps.get(sessionId),
    async find(tenantId, sessionId) {
      const underWay = lookups.get(sessionId);
      if (underWay !== undefined) return await underWay;
      if (lookups.size >= LOOKUP_COUNT_MAX) return undefined;
      const lookup = lookUp(tenantId, sessionId);
      lookups.set(sessionId, lookup);
      return await lookup;
    },
  };
}
