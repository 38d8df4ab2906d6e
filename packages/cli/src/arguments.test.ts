import { describe, expect, it } from 'vitest';
import {
  oneOf,
  parseArguments,
  positiveNumber,
  refuseOtherOptions,
  required,
  wholeNumber,
} from './arguments.ts';
import { UsageError } from './verb.ts';

describe('parseArguments', () => {
  it('refuses an option nobody knows as wrong use', () => {
    expect(() => parseArguments(['--colour'], { json: { type: 'boolean' } })).toThrow(
      new UsageError("Unknown option '--colour'"),
    );
  });

  it.each(['', '.', '..'])('refuses %j, which would name another path', (word) => {
    expect(() => parseArguments(['show', word], {})).toThrow(
      new UsageError(`Cannot use "${word}": it is neither an id nor a file`),
    );
  });

  it('gives options and the rest', () => {
    const { values, positionals } = parseArguments(['a.wav', '--json'], { json: { type: 'boolean' } });
    expect([values.json, positionals]).toEqual([true, ['a.wav']]);
  });

  const digestAndJson = { digest: { type: 'string' }, json: { type: 'boolean' } } as const;
  it.each(['-aB3', '--aB3', '-9'])('takes %s for the value of the option before it', (digest) => {
    const { values } = parseArguments(['--digest', digest, '--json'], digestAndJson);
    expect([values.digest, values.json]).toEqual([digest, true]);
  });

  it.each(['--json', '--jsn', '--json=1', '-j'])('refuses an option without its value before %s', (next) => {
    expect(() => parseArguments(['--digest', next], digestAndJson)).toThrow(
      new UsageError("Option '--digest' argument missing"),
    );
  });

  it('takes what follows -- as it is', () => {
    const { positionals } = parseArguments(['--json', '--', '--digest', '-aB3'], digestAndJson);
    expect(positionals).toEqual(['--digest', '-aB3']);
  });
});

describe('refuseOtherOptions', () => {
  it('refuses what is of another word, and nothing else', () => {
    const values = { json: true, 'base-url': 'http://localhost:8080', guid: 'g' };
    expect(() => refuseOtherOptions('replay', values, ['guid'])).not.toThrow();
    expect(() => refuseOtherOptions('list', values, ['name'])).toThrow(
      new UsageError('list takes no --guid'),
    );
  });
});

describe('positiveNumber', () => {
  it.each(['0', '-1', 'fast', 'Infinity'])('refuses %s', (text) => {
    expect(() => positiveNumber('speed', text, 1)).toThrow(/--speed/);
  });

  it('takes a fraction and the default', () => {
    expect([positiveNumber('speed', '0.5', 1), positiveNumber('speed', undefined, 1)]).toEqual([0.5, 1]);
  });
});

describe('wholeNumber', () => {
  const limits = { min: 1, max: 500, otherwise: 1 };
  it.each(['0', '501', '1.5', 'x'])('refuses %s and names the range', (text) => {
    expect(() => wholeNumber('calls', text, limits)).toThrow(/from 1 to 500/);
  });
});

describe('required', () => {
  it('names the option that is missing', () => {
    expect(() => required('customer', undefined)).toThrow('--customer is missing');
  });
});

describe('oneOf', () => {
  it('refuses another word and names the ones there are', () => {
    expect(() => oneOf('identity', 'middle', ['leading', 'trailing'], 'leading')).toThrow(
      /leading, trailing/,
    );
  });
});
