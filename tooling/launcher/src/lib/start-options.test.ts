import { describe, expect, it } from 'vitest';
import { parseStartOptions } from './start-options.ts';

describe('parseStartOptions', () => {
  const plain = { once: false, demo: true, call: undefined, port: 8080 };

  it.each([
    { args: [], env: {}, want: plain },
    { args: ['--once'], env: {}, want: { ...plain, once: true } },
    { args: ['--no-demo'], env: {}, want: { ...plain, demo: false } },
    { args: [], env: { EARSHOT_PORT: '9000' }, want: { ...plain, port: 9000 } },
    { args: ['--port', '9001'], env: { EARSHOT_PORT: '9000' }, want: { ...plain, port: 9001 } },
    { args: [], env: { EARSHOT_PORT: '' }, want: plain },
    {
      args: ['--customer', 'a.wav', '--agent=b.wav'],
      env: {},
      want: { ...plain, call: { customer: 'a.wav', agent: 'b.wav' } },
    },
  ])('reads $args with $env', ({ args, env, want }) => {
    expect(parseStartOptions(args, env)).toEqual(want);
  });

  it.each([
    { args: ['--once', '--no-demo'], env: {}, message: 'Cannot combine --once with --no-demo' },
    { args: ['--customer', 'a.wav'], env: {}, message: 'Cannot play one side alone: --agent is missing' },
    { args: ['--agent', 'a.wav'], env: {}, message: '--customer is missing' },
    { args: ['--port', '0'], env: {}, message: 'Cannot use --port "0"' },
    { args: [], env: { EARSHOT_PORT: '80a' }, message: 'Cannot use EARSHOT_PORT "80a"' },
    { args: ['--ones'], env: {}, message: "Unknown option '--ones'" },
    { args: ['call.wav'], env: {}, message: "Unexpected argument 'call.wav'" },
  ])('refuses $args with $env', ({ args, env, message }) => {
    expect(() => parseStartOptions(args, env)).toThrow(message);
  });
});
