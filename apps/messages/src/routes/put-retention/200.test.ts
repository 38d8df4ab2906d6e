import { describe, expect, it } from 'vitest';
import { retentionUnderTest } from '../../testing/retention-under-test.ts';

describe('GET and PUT retention 200', () => {
  it('answers what is kept how long, and keeps a choice', async () => {
    const { send } = retentionUnderTest();
    expect(await (await send('GET', 'retention')).json()).toEqual({
      messagesDays: 7,
      deliveriesDays: 7,
      auditDays: 365,
    });
    const chosen = { messagesDays: 3650, deliveriesDays: 1, auditDays: 30 };
    const response = await send('PUT', 'retention', chosen);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual(chosen);
    expect(await (await send('GET', 'retention')).json()).toEqual(chosen);
    const all = { ...chosen, recordingsDays: 5, exportsDays: 2 };
    expect(await (await send('PUT', 'retention', all)).json()).toEqual(all);
    expect(await (await send('GET', 'retention')).json()).toEqual(all);
    expect(await (await send('PUT', 'retention', chosen)).json()).toEqual(chosen);
  });
});
