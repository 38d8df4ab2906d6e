import { isCodedError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import type { EnvReader } from './env-reader.ts';
import { readEnv, type Env } from './read-env.ts';

function messageOf(env: Env, shape: (reader: EnvReader) => unknown): string {
  try {
    readEnv(env, shape);
  } catch (error) {
    if (isCodedError(error) && error.code === 'config.invalid') return error.message;
    throw error;
  }
  return '';
}

describe('readEnv', () => {
  it('returns what the shape made of the variables', () => {
    const env = {
      NAME: ' gateway ',
      PORT: '8080',
      VERBOSE: 'Yes',
      BASE: 'https://example.com/x',
      MODE: 'redis',
      ALLOW: '10.0.0.0/8, ,127.0.0.0/8',
    };
    const config = readEnv(env, (r) => ({
      name: r.string('NAME'),
      absent: r.optionalString('ABSENT'),
      port: r.integer('PORT', { min: 0, max: 65_535 }),
      verbose: r.boolean('VERBOSE', { default: false }),
      base: r.url('BASE', { protocols: ['https'] }).href,
      mode: r.oneOf('MODE', ['redis', 'postgres']),
      allow: r.list('ALLOW'),
    }));
    expect(config).toEqual({
      name: 'gateway',
      absent: undefined,
      port: 8080,
      verbose: true,
      base: 'https://example.com/x',
      mode: 'redis',
      allow: ['10.0.0.0/8', '127.0.0.0/8'],
    });
  });

  it('uses defaults for variables that are unset, empty or blank', () => {
    for (const value of [undefined, '', '  ']) {
      const config = readEnv({ A: value, B: value, C: value, D: value, E: value, F: value }, (r) => [
        r.string('A', { default: 'a' }),
        r.integer('B', { default: 5 }),
        r.boolean('C', { default: true }),
        r.oneOf('D', ['x', 'y'], 'y'),
        r.url('E', { default: 'http://127.0.0.1:1/' }).port,
        r.list('F', { default: ['f'] }),
      ]);
      expect(config).toEqual(['a', 5, true, 'y', '1', ['f']]);
    }
  });

  it('names every problem in one error', () => {
    const message = messageOf({ PORT: '80a', MODE: 'kafka', FLAG: 'maybe', URL: 'ftp://x' }, (r) => {
      r.string('NAME');
      r.integer('PORT', { min: 0, max: 65_535 });
      r.oneOf('MODE', ['redis', 'postgres']);
      r.boolean('FLAG');
      r.url('URL', { protocols: ['http', 'https'] });
      r.integer('DRAIN_MS', { min: 1 });
      r.reject('KEY', 'KEY or KEY_FILE, not both');
    });
    expect(message.split('\n')).toEqual([
      'Cannot read configuration:',
      '- NAME is not set, expected a string',
      '- PORT is "80a", expected an integer from 0 to 65535',
      '- MODE is "kafka", expected one of redis, postgres',
      '- FLAG is "maybe", expected true or false',
      '- URL is not an absolute URL with scheme http or https',
      '- DRAIN_MS is not set, expected an integer of at least 1',
      '- KEY: expected KEY or KEY_FILE, not both',
    ]);
  });

  it('never shows what was given for a URL', () => {
    const message = messageOf({ DATABASE_URL: 'mysql://u:hunter2@h/d' }, (r) =>
      r.url('DATABASE_URL', { protocols: ['postgres'] }),
    );
    expect(message).not.toContain('hunter2');
  });

  it('cuts a long value short', () => {
    expect(messageOf({ N: 'x'.repeat(500) }, (r) => r.integer('N')).length).toBeLessThan(120);
  });

  it('reports problems also when a stand-in makes the shape throw', () => {
    const message = messageOf({}, (r) => {
      if (r.string('NAME') === '') throw new TypeError('empty');
    });
    expect(message).toContain('NAME is not set');
  });

  it('passes on an error of the shape when there is no problem', () => {
    const shape = () => {
      throw new TypeError('bug');
    };
    expect(() => readEnv({}, shape)).toThrow(new TypeError('bug'));
  });

  const integers = [
    { given: '0', want: 0 },
    { given: '-5', want: -5 },
    { given: '+7', want: 7 },
    { given: '9007199254740991', want: Number.MAX_SAFE_INTEGER },
  ];
  it.each(integers)('reads the integer $given', ({ given, want }) => {
    expect(readEnv({ N: given }, (r) => r.integer('N'))).toBe(want);
  });

  it.each(['9007199254740993', '1e3', '0x10', '1.5', '1_000', '--1'])('refuses the integer %s', (given) => {
    expect(messageOf({ N: given }, (r) => r.integer('N'))).toContain('expected an integer');
  });
});
