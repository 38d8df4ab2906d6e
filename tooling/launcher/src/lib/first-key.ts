import { hashApiSecret, isWellFormedApiSecret, newApiKey, type ApiKey } from '@earshot/auth';
import type { Storage } from '@earshot/storage';
import { isCodedError } from '@earshot/domain';
import { createVault, readMasterKey, type MasterKeySource } from '@earshot/vault';
import { LauncherError } from './launcher-error.ts';
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
 * `isNew` says that the secret was made just now, `isForeign` that the known one was hashed under another master key.
 * @throws LauncherError when the master key cannot be read
 */
export async function ensureFirstKey(options: {
  storage: Storage;
  masterKey: MasterKeySource;
  credentialsFile: string;
  baseUrl: string;
}): Promise<{ credentials: Credentials; isNew: boolean; isForeign: boolean }> {
  const { storage, credentialsFile, baseUrl } = options;
  const vault = createVault({
    masterKey: await openMasterKey(options.masterKey),
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
  const isForeign = Boolean(known && stored && !Buffer.from(stored.secretHash).equals(hash(known)));
  const isOver = [stored?.revokedAtMs, stored?.expiresAtMs].some((atMs = Infinity) => atMs <= Date.now());
  const key = known && !isForeign && !isOver ? known : newApiKey();
  if (!stored || key !== known) {
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
  return { credentials, isNew: key !== known, isForeign };
}

async function openMasterKey(source: MasterKeySource): Promise<Uint8Array> {
  try {
    return await readMasterKey(source);
  } catch (error) {
    if (!isCodedError(error)) throw error;
    const remedy =
      'Put back the key that this database was made with, or remove .earshot and the key to begin anew.';
    throw new LauncherError(error.message, remedy, error);
  }
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
