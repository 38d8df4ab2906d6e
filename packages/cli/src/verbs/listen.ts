import { once } from 'node:events';
import { parseArguments, wholeNumber } from '../arguments.ts';
import { messageLine } from '../listen/message-lines.ts';
import { setUpReceiver } from '../listen/receiver-setup.ts';
import { createRefusalLines } from '../listen/refusal-lines.ts';
import { shellLine } from '../listen/shell-line.ts';
import { startWebhookServer, type VerifiedMessage } from '../listen/webhook-server.ts';
import { UsageError, type CliIo, type Verb } from '../verb.ts';

const OPTIONS = {
  port: { type: 'string' },
  ca: { type: 'boolean' },
  mtls: { type: 'boolean' },
  oauth2: { type: 'boolean' },
  secret: { type: 'boolean' },
  sign: { type: 'boolean' },
  'verify-signature': { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** 24 to 64 bytes after Standard Webhooks. */
const SIGNING_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

export const listen: Verb = {
  name: 'listen',
  summary: 'receive webhooks, check how they authenticate, and print them',
  help: `earshot listen [--port P] [--secret] [--ca] [--mtls] [--oauth2] [--sign | --verify-signature SECRET] [--json]

A webhook receiver on 127.0.0.1 that prints every message it could verify until Ctrl-C, and why it refused others. It
prints the line that registers it as an endpoint; certificates and secrets are made at each start, and gone at its end.
  --port P      default 9090; 0 takes any free one
  --secret      asks for a secret in a header
  --ca          TLS, with a certificate of an authority of its own
  --mtls        as --ca, and asks for a client certificate of that authority
  --oauth2      asks for an access token of the token server it runs besides
  --sign        asks for a signature (Standard Webhooks) with a secret made here
  --verify-signature SECRET
                asks for a signature with this secret, whsec_...
  --json        the webhook bodies as they come
Partials are marked with ~.`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS);
    if (positionals.length > 0) throw new UsageError(`there is no place for ${positionals.join(' ')}`);
    const port = wholeNumber('port', values.port, { min: 0, max: 65_535, otherwise: 9090 });
    const signingSecret = values['verify-signature'];
    if (signingSecret !== undefined && !SIGNING_SECRET.test(signingSecret)) {
      throw new UsageError('Cannot use --verify-signature: expected whsec_ and base64 of 24 to 64 bytes');
    }
    const { ca = false, mtls = false, oauth2 = false, secret = false, sign = false } = values;
    const setup = await setUpReceiver({ ca, mtls, oauth2, secret, sign, signingSecret });
    const refusals = createRefusalLines(io.err);
    try {
      const server = await startWebhookServer({
        port,
        ...(setup.tls === undefined ? {} : { tls: setup.tls }),
        demands: setup.demands,
        onMessage(message) {
          refusals.flush();
          return print(io, message, values.json === true);
        },
        onToken: () => refusals.told('Gave an access token'),
        onRefused: (reason) => refusals.told(`Refused: ${reason}`),
        onNoConnection: (reason) => refusals.handshake(reason),
      });
      const words = ['npx', 'earshot', 'endpoints', 'create', '--name', 'listen', '--url', server.url];
      io.err(`Listening on ${server.url}, Ctrl-C ends. To send there:`);
      io.err(`  ${shellLine([...words, ...setup.endpointOptions(server.tokenUrl)])}`);
      if (!io.signal.aborted) await once(io.signal, 'abort');
      await server.close();
      refusals.flush();
      return 0;
    } finally {
      await setup.remove();
    }
  },
};

function print(io: CliIo, { body, sequence, proofs }: VerifiedMessage, asJson: boolean): boolean {
  const line = messageLine(parseJson(body), sequence);
  if (line === undefined) return false;
  const proven = proofs.length === 0 ? '' : `  [${proofs.join(', ')}]`;
  io.out(asJson ? body : `${line}${proven}`);
  return true;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever sent it is told 400.
    return undefined;
  }
}
