import type { ParticipantRole } from '@earshot/domain';
import { describe, expect, it } from 'vitest';
import { CutOrder } from './cut-order.ts';
import type { PendingUtterance } from './recognize.ts';

function cut(
  role: ParticipantRole,
  cutMediaMs: number,
  cause: 'pause' | 'flush' = 'pause',
): PendingUtterance {
  const at = { startSample: 0, endSample: 1, decodeStartSample: 0, decodeEndSample: 1 };
  const segment = { ...at, pcm: new Int16Array(1), cause };
  const speech = { role, segment, startMediaMs: 0, endMediaMs: 0, cutMediaMs };
  return { type: 'speech', speech, recognized: Promise.resolve({ text: '' }) };
}

function heard(customerMs: number, agentMs: number) {
  return (role: ParticipantRole): number => (role === 'customer' ? customerMs : agentMs);
}

describe('CutOrder', () => {
  it('lets a cut pass at once when the other side has been heard as far', () => {
    const order = new CutOrder();
    const agent = cut('agent', 640);
    expect(order.take([agent], heard(640, 640))).toEqual([agent]);
  });

  it('puts the customer first at the same moment, also when the agent is heard first', () => {
    const order = new CutOrder();
    const [agent, customer] = [cut('agent', 640), cut('customer', 640)];
    expect(order.take([agent], heard(576, 640))).toEqual([]);
    expect(order.take([customer], heard(640, 640))).toEqual([customer, agent]);
  });

  it('waits for an earlier cut of the side that is behind', () => {
    const order = new CutOrder();
    const [later, earlier] = [cut('customer', 700), cut('agent', 680)];
    expect(order.take([later], heard(700, 640))).toEqual([]);
    expect(order.take([earlier], heard(700, 680))).toEqual([earlier]);
    expect(order.take([], heard(700, 744))).toEqual([later]);
  });

  it('does not wait for a side that is not there', () => {
    const order = new CutOrder();
    const customer = cut('customer', 640);
    expect(order.take([customer], heard(640, 0))).toEqual([customer]);
  });

  it('puts what ended by itself before what the end of the call cut', () => {
    const order = new CutOrder();
    const [flushed, ended] = [cut('customer', 640, 'flush'), cut('agent', 640)];
    expect(order.take([flushed, ended], heard(640, 640))).toEqual([ended, flushed]);
  });

  it('gives out what waits when a fragment is over', () => {
    const order = new CutOrder();
    const agent = cut('agent', 640);
    order.take([agent], heard(576, 640));
    expect(order.takeAll()).toEqual([agent]);
    expect(order.takeAll()).toEqual([]);
  });
});
