/** A stretch of the text as given and what stands there instead; offsets are UTF-16, `end` is exclusive. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** @param edits in order of `start`, without overlap */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, replacement } of edits) {
    result += text.slice(at, start) + replacement;
    at = end;
  }
  return result + text.slice(at);
}

interface Cluster {
  start: number;
  end: number;
  readonly earlier: Edit[];
  readonly later: Edit[];
}

/**
 * The edits that do to `text` at once what `earlier` and then `later` do. `later` has offsets into the text that
 * `earlier` gives; edits that touch become one.
 */
export function composeEdits(text: string, earlier: readonly Edit[], later: readonly Edit[]): Edit[] {
  if (later.length === 0) return [...earlier];
  if (earlier.length === 0) return [...later];
  const between = applyEdits(text, earlier);
  const composed: Edit[] = [];
  let shift = 0;
  for (const cluster of clustersOf(earlier, later)) {
    const start = cluster.start - shift;
    for (const edit of cluster.earlier) shift += edit.replacement.length - (edit.end - edit.start);
    const moved = cluster.later.map((edit) => ({
      ...edit,
      start: edit.start - cluster.start,
      end: edit.end - cluster.start,
    }));
    const replacement = applyEdits(between.slice(cluster.start, cluster.end), moved);
    composed.push({ start, end: cluster.end - shift, replacement });
  }
  return composed.map((edit) => trimEdit(text, edit)).filter((edit) => !isVoid(edit));
}

/** Edits of both lists that touch or overlap in the text between, in order. */
function clustersOf(earlier: readonly Edit[], later: readonly Edit[]): Cluster[] {
  const clusters: Cluster[] = [];
  let shift = 0;
  let [i, j] = [0, 0];
  for (;;) {
    const [first, second] = [earlier[i], later[j]];
    if (first === undefined && second === undefined) return clusters;
    if (first !== undefined && (second === undefined || first.start + shift <= second.start)) {
      const start = first.start + shift;
      extend(clusters, start, start + first.replacement.length).earlier.push(first);
      shift += first.replacement.length - (first.end - first.start);
      i += 1;
    } else if (second !== undefined) {
      extend(clusters, second.start, second.end).later.push(second);
      j += 1;
    }
  }
}

function extend(clusters: Cluster[], start: number, end: number): Cluster {
  const last = clusters.at(-1);
  if (last !== undefined && start <= last.end) {
    last.end = Math.max(last.end, end);
    return last;
  }
  const cluster: Cluster = { start, end, earlier: [], later: [] };
  clusters.push(cluster);
  return cluster;
}

/** Without what both sides begin and end with, so that an edit covers only what changes. */
export function trimEdit(text: string, { start, end, replacement }: Edit): Edit {
  let [from, to, head, tail] = [start, end, 0, replacement.length];
  while (from < to && head < tail && text.charCodeAt(from) === replacement.charCodeAt(head)) {
    from += 1;
    head += 1;
  }
  while (from < to && head < tail && text.charCodeAt(to - 1) === replacement.charCodeAt(tail - 1)) {
    to -= 1;
    tail -= 1;
  }
  return { start: from, end: to, replacement: replacement.slice(head, tail) };
}

export function isVoid({ start, end, replacement }: Edit): boolean {
  return start === end && replacement === '';
}
