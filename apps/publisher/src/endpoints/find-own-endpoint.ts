import type { Endpoint, EndpointStore } from '@earshot/storage';

/** The tenant and app a key belongs to. */
export interface EndpointOwner {
  readonly tenantId: string;
  readonly appId: string;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The endpoint of that id, if it is one of the owner's; an id of any other shape is simply unknown. */
export async function findOwnEndpoint(
  endpoints: Pick<EndpointStore, 'get'>,
  { tenantId, appId }: EndpointOwner,
  endpointId: string,
): Promise<Endpoint | undefined> {
  if (!UUID.test(endpointId)) return undefined;
  const endpoint = await endpoints.get(tenantId, endpointId);
  return endpoint?.appId === appId ? endpoint : undefined;
}
