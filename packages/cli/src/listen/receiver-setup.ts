import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { MessageDemands } from './check-message.ts';
import { createThrowawayCertificates } from './throwaway-certificates.ts';
import { CLIENT_ID, createTokenIssuer } from './token-issuer.ts';

/** What is to be asked of messages. */
export interface ReceiverWishes {
  /** TLS with a certificate of an authority made for it. */
  readonly ca: boolean;
  /** And a client certificate of the same authority; TLS as well. */
  readonly mtls: boolean;
  readonly oauth2: boolean;
  readonly secret: boolean;
  /** A signature with a secret made here. */
  readonly sign: boolean;
  /** A signature with this secret, `whsec_...`. */
  readonly signingSecret: string | undefined;
}

export interface ReceiverSetup {
  readonly tls: TlsOptions | undefined;
  readonly demands: MessageDemands;
  /** Options of `earshot endpoints create` that make an endpoint meet the demands. */
  endpointOptions(tokenUrl: string): readonly string[];
  /** Removes the files. */
  remove(): Promise<void>;
}

export const SECRET_HEADER = 'x-earshot-listen';

/** Makes certificates and secrets, and puts those that belong to the sender into files only this user may read. */
export async function setUpReceiver(wishes: ReceiverWishes): Promise<ReceiverSetup> {
  const folder = await mkdtemp(join(tmpdir(), 'earshot-listen-'));
  const save = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const encryption = wishes.ca || wishes.mtls ? await setUpTls(wishes, save) : undefined;
  const tokens = wishes.oauth2 ? createTokenIssuer() : undefined;
  const tokenFile = tokens === undefined ? undefined : await save('client-secret', tokens.clientSecret);
  const secret = wishes.secret
    ? { header: SECRET_HEADER, value: randomBytes(24).toString('base64url') }
    : undefined;
  const secretFile = secret === undefined ? undefined : await save('secret', secret.value);
  const made = wishes.sign ? `whsec_${randomBytes(32).toString('base64')}` : undefined;
  const signingSecret = wishes.signingSecret ?? made;
  const signingFile = signingSecret === undefined ? undefined : await save('signing-secret', signingSecret);
  return {
    tls: encryption?.tls,
    demands: {
      ...(secret === undefined ? {} : { secret }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(signingSecret === undefined ? {} : { signingSecret }),
    },
    endpointOptions: (tokenUrl) => [
      ...(encryption?.options ?? []),
      ...(secretFile === undefined ? [] : ['--secret-header', `${SECRET_HEADER}=@${secretFile}`]),
      ...(tokenFile === undefined ? [] : oauth2Options(tokenUrl, tokenFile)),
      ...(signingFile === undefined ? [] : ['--signing-secret-file', signingFile]),
    ],
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function setUpTls(
  { mtls }: ReceiverWishes,
  save: (name: string, text: string) => Promise<string>,
): Promise<{ tls: TlsOptions; options: readonly string[] }> {
  const { authority, server, client } = await createThrowawayCertificates(Date.now());
  const options = ['--ca', await save('ca.pem', authority)];
  const tls: TlsOptions = { cert: server.certificate, key: server.privateKey, minVersion: 'TLSv1.2' };
  if (!mtls) return { tls, options };
  options.push('--client-cert', await save('client.pem', client.certificate));
  options.push('--client-key', await save('client.key', client.privateKey));
  return { tls: { ...tls, ca: authority, requestCert: true, rejectUnauthorized: true }, options };
}

function oauth2Options(tokenUrl: string, secretFile: string): readonly string[] {
  return [
    '--oauth2-token-url',
    tokenUrl,
    '--oauth2-client-id',
    CLIENT_ID,
    '--oauth2-client-secret-file',
    secretFile,
  ];
}
