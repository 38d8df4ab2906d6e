import { describe, expect, it } from 'vitest';
import { EventQueue } from './event-queue.ts';
import type { MatroskaEvent } from './matroska-event.ts';

const block = (timestampMs: number): MatroskaEvent => ({
  type: 'block',
  trackNumber: 1,
  timestampMs,
  keyframe: true,
  frames: [],
});
const problem = (offset: number): MatroskaEvent => ({
  type: 'problem',
  code: 'matroska.damaged',
  offset,
  message: `damage at ${offset}`,
});

function takeAll(queue: EventQueue): MatroskaEvent[] {
  const events: MatroskaEvent[] = [];
  for (let event = queue.take(); event !== undefined; event = queue.take()) events.push(event);
  return events;
}

describe('EventQueue', () => {
  it('keeps back the held event and all behind it until it is confirmed', () => {
    const queue = new EventQueue();
    queue.push(block(1));
    queue.pushHeld(block(2), 10, 20);
    queue.push({ type: 'clusterEnd' });
    expect(takeAll(queue)).toEqual([block(1)]);
    queue.confirm();
    expect(takeAll(queue)).toEqual([block(2), { type: 'clusterEnd' }]);
  });

  it('takes back the held block and the problems behind it, and nothing else', () => {
    const queue = new EventQueue();
    queue.pushHeld(block(1), 10, 20);
    queue.push({ type: 'clusterEnd' });
    queue.pushHeld(problem(20), 20, 30);
    expect(queue.retract()).toEqual({ offset: 10, message: 'damage at 20' });
    expect(takeAll(queue)).toEqual([{ type: 'clusterEnd' }]);
    expect(queue.retract()).toBeUndefined();
  });

  it('gives a block held at the end of what was written, but no problem', () => {
    const queue = new EventQueue();
    queue.pushHeld(block(1), 10, 20);
    queue.confirmAtEnd(21);
    expect(takeAll(queue)).toEqual([]);
    queue.confirmAtEnd(20);
    expect(takeAll(queue)).toEqual([block(1)]);
    queue.pushHeld(problem(20), 20, 30);
    queue.confirmAtEnd(30);
    expect(takeAll(queue)).toEqual([]);
  });

  it('holds few events however many pass through while one is always held', () => {
    const queue = new EventQueue();
    let takenCount = 0;
    for (let count = 0; count < 10_000; count += 1) {
      queue.confirm();
      queue.pushHeld(block(count), count, count + 1);
      takenCount += takeAll(queue).length;
      expect(queue.keptCount).toBeLessThanOrEqual(64);
    }
    expect(takenCount).toBe(9999);
  });

  it('gives up a block held among nothing but problems', () => {
    const queue = new EventQueue();
    queue.pushHeld(block(1), 0, 1);
    for (let count = 0; count < 200; count += 1) {
      queue.pushHeld(problem(count), count, count + 1);
      takeAll(queue);
      expect(queue.keptCount).toBeLessThanOrEqual(130);
    }
    queue.confirm();
    expect(takeAll(queue).every(({ type }) => type === 'problem')).toBe(true);
  });
});
