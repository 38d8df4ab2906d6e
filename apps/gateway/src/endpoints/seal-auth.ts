import type { EndpointAuthInput } from '@earshot/api';
import { outboundSecretKind } from '@earshot/auth';
import type { SealedEndpointSecret } from '@earshot/storage';

/** Seals a text for one record of one tenant; only the same record of the same tenant opens it. */
export type SealText = (tenantId: string, recordId: string, text: string) => Promise<Uint8Array>;

/** Seals the secret value of an endpoint under the record id `endpoint:<endpointId>:auth-secret`. */
export async function sealAuth(
  seal: SealText,
  owner: { readonly tenantId: string; readonly endpointId: string },
  auth: EndpointAuthInput | null,
): Promise<readonly SealedEndpointSecret[]> {
  if (auth === null) return [];
  const kind = outboundSecretKind(0);
  const sealed = await seal(owner.tenantId, `endpoint:${owner.endpointId}:${kind}`, auth.value);
  return [{ kind, sealed }];
}
