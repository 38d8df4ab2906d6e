/** Whether `If-None-Match` names the tag, weakly compared (RFC 9110, section 13.1.2). */
export function isTagNamed(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const opaque = withoutWeakness(tag);
  return header.split(',').some((part) => {
    const one = part.trim();
    return one === '*' || withoutWeakness(one) === opaque;
  });
}

function withoutWeakness(tag: string): string {
  return tag.replace(/^W\//, '');
}
