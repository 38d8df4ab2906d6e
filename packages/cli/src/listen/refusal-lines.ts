export interface RefusalLines {
  /** No connection came about, in a whole sentence. The same again is only counted: a test of an endpoint tries several handshakes. */
  handshake(reason: string): void;
  /** A line of its own. */
  told(line: string): void;
  /** Tells what was counted, if anything was. */
  flush(): void;
}

/** Lines on what was turned away. */
export function createRefusalLines(write: (line: string) => void): RefusalLines {
  let last: string | undefined;
  let againCount = 0;
  const flush = (): void => {
    if (againCount > 0) write(`  the same ${againCount === 1 ? 'once' : `${againCount} times`} more`);
    againCount = 0;
    last = undefined;
  };
  return {
    handshake(reason) {
      if (reason === last) {
        againCount += 1;
        return;
      }
      flush();
      last = reason;
      write(reason);
    },
    told(line) {
      flush();
      write(line);
    },
    flush,
  };
}
