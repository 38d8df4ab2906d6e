import { DEFAULT_ENTITIES, ENTITY_NAMES } from '@earshot/redaction';
import { describe, expect, it } from 'vitest';
import { gatewayUnderTest, REDACTION_ENTITIES, REDACTION_POLICY } from '../../testing/gateway-under-test.ts';

interface Page {
  readonly redactionEntities: readonly {
    readonly id: string;
    readonly description: string;
    readonly policies: Readonly<Record<string, boolean>>;
  }[];
  readonly nextCursor: string | null;
  readonly prevCursor: string | null;
}

async function lister() {
  const gateway = await gatewayUnderTest({ scopes: ['admin'] });
  const list = async (query = '') =>
    (await (await gateway.get(`${REDACTION_ENTITIES}${query}`)).json()) as Page;
  const active = async () =>
    (await list()).redactionEntities.flatMap(({ id, policies }) => (policies['autoTranscribe'] ? [id] : []));
  return { ...gateway, list, active };
}

describe('GET redaction-entities 200', () => {
  it('answers every entity with id, description and policies, those on by default active', async () => {
    const { list, active } = await lister();
    const page = await list();
    expect(page.redactionEntities.map(({ id }) => id)).toEqual(ENTITY_NAMES.toSorted());
    for (const entity of page.redactionEntities) {
      expect(Object.keys(entity)).toEqual(['id', 'description', 'policies']);
      expect(entity.description).not.toBe('');
      expect(entity.policies).toEqual({ autoTranscribe: expect.any(Boolean) });
    }
    expect(page).toMatchObject({ nextCursor: null, prevCursor: null });
    expect(await active()).toEqual(DEFAULT_ENTITIES.toSorted());
  });

  it('leads forth and back, meeting every entity once', async () => {
    const { list } = await lister();
    const pages = [await list('?limit=7')];
    for (let next = pages[0]?.nextCursor; next != null; next = pages.at(-1)?.nextCursor) {
      pages.push(await list(`?limit=7&cursor=${next}`));
    }
    expect(pages.map(({ redactionEntities }) => redactionEntities.length)).toEqual([7, 7, 3]);
    expect(pages.flatMap(({ redactionEntities }) => redactionEntities.map(({ id }) => id))).toEqual(
      ENTITY_NAMES.toSorted(),
    );
    expect(pages[0]?.prevCursor).toBeNull();
    expect(await list(`?limit=7&cursor=${pages[2]?.prevCursor}`)).toEqual(pages[1]);
  });

  it('shows an entity as active only where it is masked for both participants, of this tenant', async () => {
    const { send, active, redactionSettings } = await lister();
    const entities = { customer: ['EMAIL', 'ZIP'], agent: ['ZIP'] };
    await send('PUT', REDACTION_POLICY, { mode: 'custom', entities });
    expect(await active()).toEqual(['ZIP']);
    const settings = { mode: 'custom', mask: 'hash', customRules: [] } as const;
    await redactionSettings.update('tenant-2', 0, () => ({
      type: 'change',
      settings: { ...settings, entities: { customer: ['SSN'], agent: ['SSN'] } },
    }));
    expect(await active()).toEqual(['ZIP']);
  });

  it('shows all of them active when what is stored cannot be read', async () => {
    const { active, redactionSettings } = await lister();
    redactionSettings.damage('tenant-1');
    expect(await active()).toEqual(ENTITY_NAMES.toSorted());
  });
});
