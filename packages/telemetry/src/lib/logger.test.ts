import { AppError } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { createLogger, type LoggerOptions } from './logger.ts';
import { personal } from './personal.ts';

function capture(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const logger = createLogger({ app: 'test', ...options, write: (line) => lines.push(line) });
  return { logger, lines, records: () => lines.map((line): unknown => JSON.parse(line)) };
}

describe('createLogger', () => {
  it('writes one JSON line with level, time, app, event and fields', () => {
    const { logger, lines, records } = capture();
    logger.info('call.started', { guid: 'g-1', waitMs: 5 });
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(records()[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      app: 'test',
      event: 'call.started',
      guid: 'g-1',
      waitMs: 5,
    });
  });

  it('leaves out lines below its level', () => {
    const { logger, records } = capture({ level: 'warn' });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    expect(records()).toMatchObject([{ event: 'c' }, { event: 'd' }]);
  });

  it('adds the fields of a child to its lines only', () => {
    const { logger, records } = capture();
    logger.child({ guid: 'g' }).child({ role: 'agent' }).info('x');
    logger.info('y');
    expect(records()).toMatchObject([{ guid: 'g', role: 'agent' }, { event: 'y' }]);
    expect(records()[1]).not.toHaveProperty('guid');
  });

  it('hides personal data at any depth, in children, and in JSON and string form', () => {
    const secret = 'four one one one';
    const { logger, lines, records } = capture();
    logger.info('a', { text: personal(secret), deep: { list: [personal(secret)] } });
    logger.child({ text: personal(secret) }).info('b');
    expect(lines.join('')).not.toContain(secret);
    expect(records()[0]).toMatchObject({
      text: '[personal 16 chars]',
      deep: { list: ['[personal 16 chars]'] },
    });
    expect(JSON.stringify({ a: personal(secret) }) + String(personal(secret))).not.toContain(secret);
  });

  it('shows personal data where that was asked for', () => {
    const { logger, records } = capture({ revealPersonal: true });
    logger.info('a', { text: personal('hello') });
    expect(records()[0]).toMatchObject({ text: 'hello' });
  });

  it('keeps code, retryable, message and stack of our errors and only the labels of causes', () => {
    const { logger, lines, records } = capture();
    const cause = Object.assign(new TypeError('body: four one one one'), { code: 'ECONNRESET' });
    const error = new AppError('speech.failed', 'Cannot decode', { retryable: true, cause });
    logger.error('decode.failed', { error, nested: { error } });
    expect(lines[0]).not.toContain('four one');
    const want = {
      name: 'AppError',
      code: 'speech.failed',
      message: 'Cannot decode',
      retryable: true,
      stack: expect.stringContaining('    at '),
      causes: ['TypeError ECONNRESET'],
    };
    expect(records()[0]).toMatchObject({ error: want, nested: { error: want } });
  });

  it('leaves out the text of foreign errors', () => {
    const { logger, lines, records } = capture();
    logger.error('x', { error: new RangeError('invalid value "four one one one"') });
    expect(lines[0]).not.toContain('four one');
    expect(records()[0]).toMatchObject({ error: { name: 'RangeError' } });
  });

  it('shows the text of foreign errors where personal data may be shown', () => {
    const { logger, records } = capture({ revealPersonal: true });
    logger.error('x', { error: new RangeError('invalid value "5"') });
    expect(records()[0]).toMatchObject({ error: { message: 'invalid value "5"' } });
  });

  it('shows no query of a URL, no bytes, and writes bigints and deep objects without failing', () => {
    const { logger, records } = capture();
    const url = new URL('https://u:p@example.com/hook?key=secret');
    logger.info('x', { url, bytes: new Uint8Array(9), n: 5n, deep: { a: { b: { c: { d: { e: 1 } } } } } });
    expect(records()[0]).toMatchObject({
      url: 'https://example.com/hook',
      bytes: '[9 bytes]',
      n: '5',
      deep: { a: { b: { c: { d: '[nested]' } } } },
    });
  });
});
