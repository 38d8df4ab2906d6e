import { AppError } from '@earshot/domain';
import { createRedactor, defaultPolicy, type PartialRedactor, type Redactor } from '@earshot/redaction';
import type { RedactionSettings, StoredRedactionSettings } from '@earshot/storage';
import { createLogger, createMetrics } from '@earshot/telemetry';
import { describe, expect, it } from 'vitest';
import { createIngestMetrics } from './ingest-metrics.ts';
import { createTenantRedactions } from './tenant-redactions.ts';

const EMAIL_ONLY: RedactionSettings = {
  mode: 'custom',
  mask: 'hash',
  entities: { customer: ['EMAIL'], agent: ['EMAIL'] },
  customRules: [],
};

function stored(settings: RedactionSettings, revision = 1): StoredRedactionSettings {
  return { type: 'stored', revision, settings, updatedAtMs: 0 };
}

function tenants(get: (tenantId: string) => Promise<StoredRedactionSettings>, forced = false) {
  const lines: string[] = [];
  const logger = createLogger({ app: 'ingest', write: (line) => void lines.push(line) });
  const metrics = createMetrics('ingest');
  const deps = { redactionSettings: { get }, metrics: createIngestMetrics(metrics), logger };
  return { ...createTenantRedactions(deps, { forced }), lines, metrics };
}

function mask(redactor: Redactor, text: string, role: 'customer' | 'agent' = 'customer'): string {
  return redactor.redact({ role, text, atMs: 0 }, redactor.initialState()).text;
}

function maskPartial(redactor: PartialRedactor, text: string): string {
  return redactor.redact({ role: 'customer', text, atMs: 0 }, emptyState(), (written) => written);
}

const emptyState = () => createRedactor(defaultPolicy).initialState();

const PIN = 'my pin is 5937';

describe('createTenantRedactions', () => {
  it('masks the defaults for a tenant that never chose', async () => {
    const { finals } = await tenants(async () => ({ type: 'none' })).open('tenant');
    expect(mask(finals, PIN)).toBe('my pin is ####');
    expect(mask(finals, 'order 5512345')).toBe('order 5512345');
  });

  it('masks what the tenant chose, in the words of whom it chose it for', async () => {
    const settings = { ...EMAIL_ONLY, entities: { customer: ['PIN'], agent: ['EMAIL'] } };
    const { finals } = await tenants(async () => stored(settings)).open('tenant');
    expect(mask(finals, PIN, 'customer')).toBe('my pin is ####');
    expect(mask(finals, PIN, 'agent')).toBe(PIN);
  });

  it('masks what a rule of the tenant matches, whoever speaks', async () => {
    const customRules = [{ name: 'MEMBER', pattern: 'm-[0-9]{6}' }];
    const { finals } = await tenants(async () => stored({ ...EMAIL_ONLY, mask: 'label', customRules })).open(
      't',
    );
    expect(mask(finals, 'it is M-123456', 'customer')).toBe('it is [MEMBER]');
    expect(mask(finals, 'so m-123456 then', 'agent')).toBe('so [MEMBER] then');
  });

  it('shows no number at all while somebody speaks', async () => {
    const { finals, partials } = await tenants(async () => ({ type: 'none' })).open('tenant');
    expect(mask(finals, 'it is 4821 then')).toBe('it is 4821 then');
    expect(maskPartial(partials, 'it is 4821 then')).not.toMatch(/[0-9]/);
  });

  it('keeps a redactor as long as the revision is the same, each tenant its own', async () => {
    let revision = 1;
    const { open } = tenants(async () => stored(EMAIL_ONLY, revision));
    const first = await open('a');
    expect(await open('a')).toBe(first);
    expect(await open('b')).not.toBe(first);
    revision = 2;
    expect(await open('a')).not.toBe(first);
  });

  const unreadable: readonly {
    given: string;
    get: () => Promise<StoredRedactionSettings>;
    reason: string;
  }[] = [
    {
      given: 'the store does not answer',
      get: () => Promise.reject(new AppError('storage.unavailable', 'Cannot connect', { retryable: true })),
      reason: 'settings-unavailable',
    },
    {
      given: 'the row is damaged',
      get: async () => ({ type: 'unreadable', revision: 3 }),
      reason: 'settings-unreadable',
    },
    {
      given: 'an entity is of a later release',
      get: async () => stored({ ...EMAIL_ONLY, entities: { customer: ['EMAIL'], agent: ['IRIS_SCAN'] } }),
      reason: 'settings-unreadable',
    },
    {
      given: 'a rule cannot be used',
      get: async () => stored({ ...EMAIL_ONLY, customRules: [{ name: 'SECRET_RULE', pattern: '(?=x)' }] }),
      reason: 'settings-unreadable',
    },
  ];
  it.each(unreadable)('masks everything when $given, and says so without content', async (row) => {
    const { open, lines, metrics } = tenants(row.get);
    const { finals, partials } = await open('tenant');
    expect(mask(finals, PIN)).toBe('my pin is ####');
    expect(mask(finals, 'it is 4821 then')).toBe('it is #### then');
    expect(maskPartial(partials, PIN)).not.toMatch(/[0-9]/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(row.reason);
    expect(lines[0]).not.toMatch(/SECRET_RULE|IRIS_SCAN|\(\?=/);
    expect((await metrics.render()).body).toContain(
      `redaction_strictest_policy_total{reason="${row.reason}",app="ingest"} 1`,
    );
  });

  it('goes back to the choice of the tenant once it can be read again', async () => {
    let fails = true;
    const { open } = tenants(async () => {
      if (fails) throw new AppError('storage.unavailable', 'Cannot connect', { retryable: true });
      return stored(EMAIL_ONLY);
    });
    expect(mask((await open('tenant')).finals, PIN)).toBe('my pin is ####');
    fails = false;
    expect(mask((await open('tenant')).finals, PIN)).toBe(PIN);
  });

  it('masks the defaults where a tenant switched everything off and the deployment always redacts', async () => {
    const off = { ...EMAIL_ONLY, entities: { customer: [], agent: [] } };
    expect(mask((await tenants(async () => stored(off), true).open('tenant')).finals, PIN)).toBe(
      'my pin is ####',
    );
    expect(mask((await tenants(async () => stored(off)).open('tenant')).finals, PIN)).toBe(PIN);
  });
});
