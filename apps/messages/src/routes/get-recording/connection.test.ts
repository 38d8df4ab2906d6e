import { serve } from '@earshot/http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GUID, recordingsUnderTest } from '../../testing/recordings-under-test.ts';

describe('GET recording over a connection', () => {
  it.each(['mkv', 'wav'])('tells of a %s by HEAD what GET gives', async (format) => {
    const { app, headers } = await recordingsUnderTest();
    const server = await serve(app, { host: '127.0.0.1', port: 0 });
    onTestFinished(() => server.close());
    const url = `http://127.0.0.1:${server.port}/earshot/v1/calls/${GUID}/recording?format=${format}`;
    const told = await fetch(url, { method: 'HEAD', headers });
    const got = await fetch(url, { headers });
    const { byteLength } = await got.arrayBuffer();
    expect(told.headers.get('content-length')).toBe(String(byteLength));
    expect(told.headers.get('etag')).toBe(got.headers.get('etag'));
  });

  it.each(['mkv', 'wav'])(
    'reads no more of a %s than its reader takes, and closes the file with him',
    async (format) => {
      const { get, opened } = await recordingsUnderTest();
      const reader = (await get(`${GUID}/recording?format=${format}`)).body?.getReader();
      await reader?.read();
      expect(opened.closedCount()).toBe(0);
      await reader?.cancel();
      expect(opened.closedCount()).toBe(1);
    },
  );

  it.each(['bytes=0-9', 'bytes=0-43', 'bytes=100-200'])(
    'closes the file of a wav after %s',
    async (range) => {
      const { get, opened } = await recordingsUnderTest();
      const response = await get(`${GUID}/recording?format=wav`, { range });
      await response.arrayBuffer();
      expect(opened.closedCount()).toBe(1);
    },
  );

  it('closes the file of a wav that nobody read', async () => {
    const { get, opened } = await recordingsUnderTest();
    await (await get(`${GUID}/recording?format=wav`)).body?.cancel();
    expect(opened.closedCount()).toBe(1);
  });
});
