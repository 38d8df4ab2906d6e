import { prepareOutboundAuth, type OutboundAuthInput } from '@earshot/auth';
import type { DeliveryRecord, EndpointFields, Storage } from '@earshot/storage';
import { addEndpoint, startCall, type Account, type WrittenCall } from './call-writer.ts';
import { allDeliveries, publisherUnderTest, type PublisherSettings } from './publisher-under-test.ts';

export interface HostileSetup {
  readonly endpointId: string;
  /** Says texts in the call of the setup and waits until the lanes rest; answers what became of every message. */
  say(...texts: readonly string[]): Promise<readonly DeliveryRecord[]>;
  readonly call: WrittenCall;
  readonly publisher: Awaited<ReturnType<typeof publisherUnderTest>>;
}

export interface HostileSetupOptions {
  readonly url: string;
  readonly auth?: readonly OutboundAuthInput[];
  readonly fields?: Partial<EndpointFields>;
  readonly settings?: PublisherSettings;
}

/** An endpoint at a hostile target, a call, and a publisher over the real store that is to deliver it. */
export async function setUpHostile(
  storage: Storage,
  account: Account,
  { url, auth = [], fields = {}, settings = {} }: HostileSetupOptions,
): Promise<HostileSetup> {
  const prepared = prepareOutboundAuth(auth, Date.now());
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
  const endpointId = await addEndpoint(storage, account, url, { timeoutMs: 20_000, ...fields });
  const { tenantId } = account;
  const secrets = prepared.secrets.map(({ kind, value }) => ({ kind, sealed: Buffer.from(value) }));
  const change = { fields: { auth: [...prepared.configs] }, secrets, atMs: Date.now() };
  await storage.endpoints.update({ tenantId, endpointId, ...change });
  const publisher = await publisherUnderTest(storage, { lingerMs: 20, ...settings });
  const call = await startCall(storage, account);
  return {
    endpointId,
    publisher,
    call,
    async say(...texts) {
      for (const text of texts) for (const lane of await call.say(text)) await publisher.queue.add(lane);
      await publisher.queue.idle();
      const deliveries = await allDeliveries(storage, tenantId);
      return deliveries.filter(({ guid }) => guid === call.guid);
    },
  };
}
