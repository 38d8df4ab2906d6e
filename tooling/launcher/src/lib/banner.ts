import type { System } from './system.ts';

/** What a person sees when everything is up. */
export function welcome(system: System, cwdHint: string): string {
  const { baseUrl, credentials, isNewKey, kinesisEndpoint } = system;
  const key = isNewKey
    ? [
        `  API id      ${credentials.apiId}`,
        `  API secret  ${credentials.apiSecret}`,
        `              shown this once; both are in ${cwdHint}credentials.json`,
      ]
    : [`  API key     in ${cwdHint}credentials.json`];
  return [
    '',
    'Earshot is up',
    `  API         ${baseUrl}`,
    ...key,
    `  Kinesis     ${kinesisEndpoint} (emulated)`,
    `  Logs        ${cwdHint}logs`,
    '',
    '',
  ].join('\n');
}

/** What can be done next; printed while the system stays up. */
export function whatNext(system: System): string {
  return [
    '',
    'In another terminal:',
    '  npx earshot simulate --customer tooling/sample-call/customer.wav --agent tooling/sample-call/agent.wav',
    `  curl -H 'earshot-api-id: ${system.credentials.apiId}' -H 'earshot-api-secret: SECRET' ${system.baseUrl}/v1/health`,
    '  npx earshot --help',
    '',
    'Ctrl-C stops everything.',
    '',
    '',
  ].join('\n');
}
