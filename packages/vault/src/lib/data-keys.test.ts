import { describe, expect, it } from 'vitest';
import { createMemoryDataKeyStore } from '../testing.ts';
import { createDataKeys, type DataKeyStore } from './data-keys.ts';

const WRAPPING_KEY = new Uint8Array(32).fill(7);

describe('createDataKeys', () => {
  it('asks for the current key once for all who want it at the same time, and again after that', async () => {
    const inner = createMemoryDataKeyStore();
    let asked = 0;
    const store: DataKeyStore = {
      ...inner,
      current: (tenantId) => {
        asked += 1;
        return inner.current(tenantId);
      },
    };
    const keys = createDataKeys(store, WRAPPING_KEY);
    const [first, second] = await Promise.all([keys.current('t-1'), keys.current('t-1')]);
    expect(second).toEqual(first);
    expect(asked).toBe(1);
    expect(await keys.current('t-1')).toEqual(first);
    expect(asked).toBe(2);
  });

  it('remembers no failure', async () => {
    const inner = createMemoryDataKeyStore();
    let isDown = true;
    const store: DataKeyStore = {
      ...inner,
      current: (tenantId) => (isDown ? Promise.reject(new Error('down')) : inner.current(tenantId)),
    };
    const keys = createDataKeys(store, WRAPPING_KEY);
    await expect(keys.current('t-1')).rejects.toThrow('down');
    isDown = false;
    await expect(keys.current('t-1')).resolves.toMatchObject({ keyId: expect.any(String) });
  });
});
