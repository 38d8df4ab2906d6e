import type { EndpointAuth, EndpointAuthInput } from '@earshot/api';
import { CliError } from '../verb.ts';

/**
 * What to send so that an endpoint has the strategies given and loses none it has. The API replaces them as a whole and never
 * answers a secret, so only a signature can be kept without its secret.
 *
 * @throws CliError naming those that would go, with the options that name them again
 */
export function keepCredentials(
  current: readonly EndpointAuth[],
  given: readonly EndpointAuthInput[],
): EndpointAuthInput[] {
  const missing = current.filter((one) => !given.some((other) => isSame(one, other)));
  const lost = missing.filter(({ type }) => type !== 'signature');
  if (lost.length > 0) {
    throw new CliError(
      [
        'update replaces all credentials, and these were not named again:',
        ...lost.map((one) => `  ${optionsOf(one)}`),
        '  Name them too, or let them go with --replace-auth',
      ].join('\n'),
    );
  }
  return [...given, ...missing.map(() => ({ type: 'signature' }) as const)];
}

function isSame(one: EndpointAuth, other: EndpointAuthInput): boolean {
  if (one.type !== 'secret' || other.type !== 'secret') return one.type === other.type;
  const isHeader = one.in === 'header' && other.in === 'header';
  return isHeader
    ? one.name.toLowerCase() === other.name.toLowerCase()
    : one.in === other.in && one.name === other.name;
}

function optionsOf(auth: EndpointAuth): string {
  switch (auth.type) {
    case 'secret':
      return `--secret-${auth.in} ${auth.name}=@FILE`;
    case 'ca':
      return '--ca FILE';
    case 'mtls':
      return '--client-cert FILE --client-key FILE';
    case 'oauth2':
      return `--oauth2-token-url ${auth.tokenUrl} --oauth2-client-id ${auth.clientId} --oauth2-auth ${auth.clientAuthentication}`;
    case 'signature':
      return '--sign';
  }
}
