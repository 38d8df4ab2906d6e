import { describe, expect, it } from 'vitest';
import { nobodyIn } from './service-user.ts';

describe('nobodyIn', () => {
  const cases = [
    { given: 'root:x:0:0::/:/bin/sh\nnobody:x:65534:65533:nobody:/:/x\n', want: { uid: 65534, gid: 65533 } },
    { given: 'nobody:*:-2:-2:Unprivileged User:/:/x', want: { uid: 4294967294, gid: 4294967294 } },
    { given: 'root:x:0:0::/:/bin/sh', want: { uid: 65534, gid: 65534 } },
    { given: '', want: { uid: 65534, gid: 65534 } },
  ];
  it.each(cases)('reads $want out of $given', ({ given, want }) => {
    expect(nobodyIn(given)).toEqual(want);
  });
});
