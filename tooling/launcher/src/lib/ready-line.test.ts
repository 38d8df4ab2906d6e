import { describe, expect, it } from 'vitest';
import { readyPortIn } from './ready-line.ts';
import { readyAppIn } from './watched-apps.ts';

describe('readyPortIn', () => {
  it.each([
    { given: '{"ready":true,"port":4711}', want: 4711 },
    { given: '{"ready":false,"port":4711}', want: undefined },
    { given: '{"ready":true}', want: undefined },
    { given: '{"ready":true,"port":47', want: undefined },
    { given: '{"level":"info","ready":true,"port":4711}', want: undefined },
    { given: 'listening', want: undefined },
  ])('reads $want out of $given', ({ given, want }) => {
    expect(readyPortIn(given)).toBe(want);
  });
});

describe('readyAppIn', () => {
  it.each([
    { given: '@earshot/gateway:dev: {"ready":true,"port":1}', want: { app: 'gateway', port: 1 } },
    { given: '@earshot/gateway:dev: {"level":"info"}', want: undefined },
    { given: '{"ready":true,"port":1}', want: undefined },
  ])('reads $want out of $given', ({ given, want }) => {
    expect(readyAppIn(given)).toEqual(want);
  });
});
