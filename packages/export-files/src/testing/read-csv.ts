/** Fields of every record by RFC 4180, read by its grammar; throws where the text is not of it. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
    record.push(field.value);
    at = field.end;
    if (text[at] === ',') at += 1;
    else if (text.startsWith('\r\n', at)) {
      records.push(record);
      record = [];
      at += 2;
    } else throw new Error(`Cannot read CSV: expected a comma or a line end at ${at}`);
  }
  return records;
}

function quotedField(text: string, start: number) {
  let value = '';
  for (let at = start + 1; ; at += 1) {
    if (at >= text.length) throw new Error('Cannot read CSV: a quoted field does not end');
    if (text[at] !== '"') value += text[at];
    else if (text[at + 1] === '"') {
      value += '"';
      at += 1;
    } else return { value, end: at + 1 };
  }
}

function plainField(text: string, start: number) {
  const [value = ''] = /^[^",\r\n]*/.exec(text.slice(start)) ?? [];
  return { value, end: start + value.length };
}
