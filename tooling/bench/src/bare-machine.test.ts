import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bareEnvironment } from './bare-machine.ts';

const places = { checkout: '/home/me/earshot', folder: '/tmp/fresh' };

describe('bareEnvironment', () => {
  it('takes the programs that the checkout fetched off PATH', () => {
    const PATH = ['/home/me/earshot/.cache/node/bin', '/usr/bin'].join(delimiter);
    expect(bareEnvironment({ PATH }, places)['PATH']).toBe('/usr/bin');
  });

  it('lets npm and pnpm begin with empty caches', () => {
    const env = bareEnvironment({ npm_config_cache: '/home/me/.npm', PNPM_HOME: '/home/me/pnpm' }, places);
    expect(env['npm_config_cache']).toBe('/tmp/fresh/npm');
    expect(env['XDG_DATA_HOME']).toBe('/tmp/fresh/data');
    expect(env['PNPM_HOME']).toBeUndefined();
  });

  it.each([
    { given: 'npm_config_registry', want: true },
    { given: 'HTTPS_PROXY', want: true },
    { given: 'NODE_EXTRA_CA_CERTS', want: true },
    { given: 'DATABASE_URL', want: false },
    { given: 'EARSHOT_PORT', want: false },
    { given: 'npm_lifecycle_event', want: false },
    { given: 'INIT_CWD', want: false },
  ])('keeps $given: $want', ({ given, want }) => {
    expect(given in bareEnvironment({ [given]: 'x' }, places)).toBe(want);
  });
});
