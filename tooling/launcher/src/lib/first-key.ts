import { hashApiSecret, isWellFormedApiSecret, newApiKey, type ApiKey } from '@earshot/auth';
import type { Storage } from '@earshot/storage';
import { createVault, readMasterKey, type MasterKeySource } from '@earshot/vault';
import { readTextIfThere, writePrivateFile } from './state-directory.ts';

export interface Credentials {
  baseUrl: string;
  apiId: string;
  apiSecret: string;
}

/** What lists of keys call it. */
export const FIRST_KEY_NAME = 'First key';

/**
 * Makes sure that the credentials file names a key the store accepts: makes tenant, app and key at the first start,
 * and enters the known key again where the database is a new one.
 * `isNew` says that the secret was made just now.
 */
export async function ensureFirstKey(options: {
  storage: Storage;
  masterKey: MasterKeySource;
  credentialsFile: string;
  baseUrl: string;
}): Promise<{ credentials: Credentials; isNew: boolean }> {
  const { storage, credentialsFile, baseUrl } = options;
  const vault = createVault({
    masterKey: await readMasterKey(options.masterKey),
    dataKeys: storage.dataKeys,
  });
  const { tenantId, appId } = await storage.tenants.ensureDefault({ tenant: 'Default', app: 'Default' });
  // Single-tenant mode: this tenant may listen to the streams of every account its AWS credentials reach.
  if (!(await storage.kinesisSources.find(tenantId, '*'))) {
    await storage.kinesisSources.put({ tenantId, accountId: '*', roleArn: undefined, externalId: undefined });
  }

  const known = parseCredentials(await readTextIfThere(credentialsFile));
  const hash = (key: ApiKey): Uint8Array => hashApiSecret(vault.apiKeyHmacKey, key.apiId, key.apiSecret);
  const stored = known && (await storage.keys.find(known.apiId));
  // Hashed under another master key, the known secret opens nothing any more.
  const isForeign = known && stored && !Buffer.from(stored.secretHash).equals(hash(known));
  const key = known && !isForeign ? known : newApiKey();
  if (!stored || isForeign) {
    await storage.keys.insert({
      tenantId,
      appId,
      apiId: key.apiId,
      secretHash: hash(key),
      name: FIRST_KEY_NAME,
      scopes: ['admin'],
      expiresAtMs: undefined,
      revokedAtMs: undefined,
    });
  }
  const credentials = { baseUrl, apiId: key.apiId, apiSecret: key.apiSecret };
  await writePrivateFile(credentialsFile, `${JSON.stringify(credentials, null, 2)}\n`);
  return { credentials, isNew: key !== known };
}

function parseCredentials(text: string | undefined): ApiKey | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('apiId' in value) || typeof value.apiId !== 'string') return undefined;
    if (!('apiSecret' in value) || typeof value.apiSecret !== 'string') return undefined;
    return isWellFormedApiSecret(value.apiSecret)
      ? { apiId: value.apiId, apiSecret: value.apiSecret }
      : undefined;
  } catch {
    // An unreadable file holds no key; a new one takes its place.
    return undefined;
  }
}
