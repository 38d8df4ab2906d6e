import { describe, expect, it } from 'vitest';
import { FragmentMarks } from './fragment-marks.ts';
import { EMPTY_TIMELINE } from './timeline.ts';

function mark(fragmentNumber: string, customer: number, agent: number) {
  return {
    fragmentNumber,
    producerTimestampMs: 0,
    fragmentCount: 0,
    damageCount: 0,
    tracks: {
      customer: { ...EMPTY_TIMELINE, samples: customer },
      agent: { ...EMPTY_TIMELINE, samples: agent },
    },
  };
}

describe('FragmentMarks', () => {
  it('resumes at the latest fragment that holds both anchors', () => {
    const marks = new FragmentMarks();
    marks.add(mark('1', 0, 0));
    marks.add(mark('2', 8192, 8192));
    marks.add(mark('3', 16384, 16384));
    expect(marks.resumeAt({ customer: 9000, agent: 20000 })?.fragmentNumber).toBe('2');
    expect(marks.resumeAt({ customer: 16384, agent: 20000 })?.fragmentNumber).toBe('3');
  });

  it('tells of a loss before the first block of a fragment, not of one within it', () => {
    const marks = new FragmentMarks();
    marks.add(mark('1', 0, 0));
    marks.add(mark('2', 8192, 8192));
    marks.noteLoss('customer', 8192);
    marks.noteLoss('agent', 9000);
    const { tracks } = marks.resumeAt({ customer: 9000, agent: 9000 }) ?? {};
    expect([tracks?.customer.isLossNext, tracks?.agent.isLossNext]).toEqual([true, false]);
  });

  it('stays at the first fragment when no mark is early enough', () => {
    const marks = new FragmentMarks();
    marks.add(mark('7', 100, 100));
    expect(marks.resumeAt({ customer: 50, agent: 200 })?.fragmentNumber).toBe('7');
  });

  it('resumes where a side was last heard, however long it stays away', () => {
    const marks = new FragmentMarks();
    for (let fragment = 0; fragment < 600; fragment += 1) {
      marks.add(mark(String(fragment), fragment * 8192, Math.min(fragment, 2) * 8192));
      const agent = Math.max(0, Math.min(fragment, 2) * 8192 - 2000);
      expect(marks.resumeAt({ customer: fragment * 8192, agent })?.tracks.agent.samples).toBeLessThanOrEqual(
        agent,
      );
    }
  });

  it('keeps where a fragment first began when it is read again', () => {
    const marks = new FragmentMarks();
    marks.add(mark('1', 0, 0));
    marks.add(mark('1', 4096, 4096));
    expect(marks.resumeAt({ customer: 5000, agent: 5000 })?.tracks.customer.samples).toBe(0);
  });
});
