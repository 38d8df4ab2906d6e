import type { EndpointAuthInput } from '@earshot/api';
import { oneOf } from '../arguments.ts';
import { readTextFile } from '../read-text-file.ts';
import { UsageError } from '../verb.ts';

/** Options that name how an endpoint authenticates; strategies work together. */
export const AUTH_OPTIONS = {
  'secret-header': { type: 'string', multiple: true },
  'secret-query': { type: 'string', multiple: true },
  ca: { type: 'string' },
  'client-cert': { type: 'string' },
  'client-key': { type: 'string' },
  'passphrase-file': { type: 'string' },
  'oauth2-token-url': { type: 'string' },
  'oauth2-client-id': { type: 'string' },
  'oauth2-client-secret-file': { type: 'string' },
  'oauth2-private-key': { type: 'string' },
  'oauth2-key-id': { type: 'string' },
  'oauth2-auth': { type: 'string' },
  scope: { type: 'string' },
  audience: { type: 'string' },
  sign: { type: 'boolean' },
  'signing-secret-file': { type: 'string' },
} as const;

export const AUTH_HELP = `  --secret-header NAME=VALUE, --secret-query NAME=VALUE
                        a secret in a header or query parameter; NAME=@FILE reads the value; as often as wanted
  --ca FILE             PEM of the authorities the target is trusted by, and no other
  --client-cert FILE --client-key FILE [--passphrase-file FILE]
                        mutual TLS: PEM of the certificate with its chain, and of its private key
  --oauth2-token-url URL --oauth2-client-id ID [--scope S] [--audience A]
    [--oauth2-auth basic|post|private_key_jwt|tls]
                        OAuth2 client credentials; default basic. basic and post want --oauth2-client-secret-file FILE,
                        private_key_jwt wants --oauth2-private-key FILE [--oauth2-key-id ID], tls --client-cert
  --sign                a signature after Standard Webhooks; its secret is made and shown once, or read from
                        --signing-secret-file FILE`;

/** What `parseArgs` makes of `AUTH_OPTIONS`. */
export type AuthValues = {
  readonly [K in keyof typeof AUTH_OPTIONS]?:
    | ((typeof AUTH_OPTIONS)[K] extends { multiple: true }
        ? string[]
        : (typeof AUTH_OPTIONS)[K] extends { type: 'boolean' }
          ? boolean
          : string)
    | undefined;
};

/** Reads the strategies with the files they name; undefined when none is named. */
export async function readAuthInputs(values: AuthValues): Promise<EndpointAuthInput[] | undefined> {
  const strategies = [
    ...(await readNamedSecrets('header', values['secret-header'])),
    ...(await readNamedSecrets('query', values['secret-query'])),
    ...(values.ca === undefined
      ? []
      : [{ type: 'ca', certificates: await readTextFile(values.ca) } as const]),
    ...(await readMtls(values)),
    ...(await readOAuth2(values)),
    ...(await readSignature(values)),
  ];
  return strategies.length === 0 ? undefined : strategies;
}

async function readNamedSecrets(
  place: 'header' | 'query',
  given: readonly string[] = [],
): Promise<EndpointAuthInput[]> {
  return await Promise.all(
    given.map(async (text) => {
      const at = text.indexOf('=');
      if (at < 1)
        throw new UsageError(`Cannot use --secret-${place} ${text}: expected NAME=VALUE or NAME=@FILE`);
      const value = text.slice(at + 1);
      const secret = value.startsWith('@') ? await readSecretFile(value.slice(1)) : value;
      return { type: 'secret', name: text.slice(0, at), in: place, value: secret } as const;
    }),
  );
}

async function readMtls(values: AuthValues): Promise<EndpointAuthInput[]> {
  const { 'client-cert': certificate, 'client-key': key, 'passphrase-file': passphrase } = values;
  if (certificate === undefined && key === undefined && passphrase === undefined) return [];
  if (certificate === undefined || key === undefined) {
    throw new UsageError('--client-cert and --client-key go together');
  }
  return [
    {
      type: 'mtls',
      certificate: await readTextFile(certificate),
      privateKey: await readTextFile(key),
      ...(passphrase === undefined ? {} : { passphrase: await readSecretFile(passphrase) }),
    },
  ];
}

const CLIENT_AUTHENTICATIONS = ['basic', 'post', 'private_key_jwt', 'tls'] as const;

async function readOAuth2(values: AuthValues): Promise<EndpointAuthInput[]> {
  const { 'oauth2-token-url': tokenUrl, 'oauth2-client-id': clientId, scope, audience } = values;
  const { 'oauth2-client-secret-file': secretFile, 'oauth2-private-key': keyFile } = values;
  const { 'oauth2-key-id': keyId, 'oauth2-auth': way } = values;
  const named = [tokenUrl, clientId, scope, audience, secretFile, keyFile, keyId, way];
  if (named.every((value) => value === undefined)) return [];
  if (tokenUrl === undefined || clientId === undefined) {
    throw new UsageError('OAuth2 needs --oauth2-token-url and --oauth2-client-id');
  }
  const clientAuthentication = oneOf('oauth2-auth', way, CLIENT_AUTHENTICATIONS, 'basic');
  const wantsSecret = clientAuthentication === 'basic' || clientAuthentication === 'post';
  if (wantsSecret && secretFile === undefined) {
    throw new UsageError(`--oauth2-auth ${clientAuthentication} needs --oauth2-client-secret-file`);
  }
  if (clientAuthentication === 'private_key_jwt' && keyFile === undefined) {
    throw new UsageError('--oauth2-auth private_key_jwt needs --oauth2-private-key');
  }
  if (clientAuthentication === 'tls' && values['client-cert'] === undefined) {
    throw new UsageError('--oauth2-auth tls needs --client-cert and --client-key');
  }
  return [
    {
      type: 'oauth2',
      tokenUrl,
      clientId,
      clientAuthentication,
      ...(secretFile === undefined ? {} : { clientSecret: await readSecretFile(secretFile) }),
      ...(keyFile === undefined ? {} : { privateKey: await readTextFile(keyFile) }),
      ...(keyId === undefined ? {} : { keyId }),
      ...(scope === undefined ? {} : { scope }),
      ...(audience === undefined ? {} : { audience }),
    },
  ];
}

async function readSignature(values: AuthValues): Promise<EndpointAuthInput[]> {
  const { sign, 'signing-secret-file': file } = values;
  if (file !== undefined) return [{ type: 'signature', secret: await readSecretFile(file) }];
  return sign === true ? [{ type: 'signature' }] : [];
}

/** Editors end a file with a line break, which is no part of a secret. */
async function readSecretFile(path: string): Promise<string> {
  return (await readTextFile(path)).replace(/\r?\n$/, '');
}
