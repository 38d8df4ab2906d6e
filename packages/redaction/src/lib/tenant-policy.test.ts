import { describe, expect, it } from 'vitest';
import { DEFAULT_ENTITIES, ENTITY_NAMES } from './entities.ts';
import {
  defaultTenantPolicy,
  masksNothing,
  policyInForce,
  rolesWithoutEntities,
  strictestTenantPolicy,
  toRedactionPolicy,
  type KeptPolicy,
} from './tenant-policy.ts';

const KEPT: KeptPolicy = {
  mode: 'custom',
  mask: 'label',
  entities: { customer: ['PIN', 'EMAIL'], agent: [] },
  customRules: [{ name: 'MEMBER', pattern: 'm-[0-9]+' }],
};
const FREE = { forced: false };

describe('policyInForce', () => {
  it('is the defaults until a team chooses, and then what it chose', () => {
    expect(policyInForce({ type: 'none' }, FREE)).toEqual({ policy: defaultTenantPolicy, from: 'defaults' });
    expect(policyInForce({ type: 'stored', settings: KEPT }, FREE)).toEqual({
      policy: { ...KEPT, entities: { customer: ['PIN', 'EMAIL'], agent: [] } },
      from: 'kept',
    });
  });

  it.each([
    { given: 'nothing to read', kept: { type: 'unreadable' } as const },
    {
      given: 'an entity nobody knows',
      kept: {
        type: 'stored',
        settings: { ...KEPT, entities: { customer: ['PIN'], agent: ['IRIS_SCAN'] } },
      } as const,
    },
    {
      given: 'a rule that cannot be used',
      kept: { type: 'stored', settings: { ...KEPT, customRules: [{ name: 'A', pattern: '(' }] } } as const,
    },
  ])('masks everything where there is $given', ({ kept }) => {
    const masked = { policy: strictestTenantPolicy, from: 'kept-unreadable' };
    expect(policyInForce(kept, FREE)).toEqual(masked);
    expect(policyInForce(kept, { forced: true })).toEqual(masked);
    expect(strictestTenantPolicy).toMatchObject({
      mode: 'strict',
      entities: { customer: ENTITY_NAMES, agent: ENTITY_NAMES },
    });
  });

  it('gives the defaults to a participant for whom all is off where redaction is forced', () => {
    const { policy } = policyInForce({ type: 'stored', settings: KEPT }, { forced: true });
    expect(policy).toEqual({ ...KEPT, entities: { customer: ['PIN', 'EMAIL'], agent: DEFAULT_ENTITIES } });
  });
});

describe('masksNothing', () => {
  const off = { ...defaultTenantPolicy, entities: { customer: [], agent: [] } };
  it.each([
    { given: defaultTenantPolicy, want: false },
    { given: off, want: true },
    { given: { ...off, customRules: KEPT.customRules }, want: false },
    { given: { ...off, entities: { customer: [], agent: ['PIN'] as const } }, want: false },
  ])('$want', ({ given, want }) => {
    expect(masksNothing(given)).toBe(want);
  });
});

describe('rolesWithoutEntities', () => {
  it('names those', () => {
    const entities = { customer: [], agent: ['PIN'] as const };
    expect(rolesWithoutEntities({ ...defaultTenantPolicy, entities })).toEqual(['customer']);
  });
});

describe('toRedactionPolicy', () => {
  it('keeps the choice of each participant', () => {
    const entities = { customer: ['EMAIL'] as const, agent: ['PIN'] as const };
    const policy = { ...defaultTenantPolicy, mode: 'custom', entities } as const;
    expect(toRedactionPolicy(policy)).toEqual({
      entities: ['PIN', 'EMAIL'],
      roles: entities,
      mode: 'balanced',
      mask: 'hash',
      customRules: [],
    });
  });
});
