import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));

interface Ended {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  readonly errors: string;
}

async function redactInput(args: readonly string[], input: string | Uint8Array): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=earshot-source', main, 'redact', ...args], {
    stdio: 'pipe',
    timeout: 60_000,
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  child.stdin.end(input);
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, lines: output.split('\n').slice(0, -1), errors };
}

const jsonLine = (conversation: string, role: string, text: string): string =>
  JSON.stringify({ conversation, role, text });

describe('earshot redact --json', () => {
  it('gives a line for each, with places in the text as given', async () => {
    const text = 'Um, one two three four.';
    const input = [jsonLine('a', 'agent', 'Can I have your PIN?'), jsonLine('a', 'customer', text)].join(
      '\n',
    );
    const { exitCode, lines, errors } = await redactInput(['--json'], input);
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { text: 'Can I have your PIN?', findings: [] },
      { text: 'Um, ####.', findings: [{ type: 'PIN', start: 4, end: text.length - 1 }] },
    ]);
  });

  it('keeps interleaved conversations apart', async () => {
    const input = [
      jsonLine('a', 'agent', 'what is your pin'),
      jsonLine('b', 'agent', 'how many chairs would you like'),
      jsonLine('b', 'customer', 'one two or maybe three four'),
      jsonLine('a', 'customer', 'one two three four'),
    ].join('\n');
    const { lines } = await redactInput(['--json', '--mask', 'label'], input);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { findings: [] },
      { findings: [] },
      { findings: [] },
      { text: '[PIN]' },
    ]);
  });

  it('is understood without being asked for', async () => {
    const { lines } = await redactInput([], `${jsonLine('a', 'customer', 'my PIN is 1234')}\n`);
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ text: 'my PIN is ####' }]);
  });

  it('reports a line that cannot be read by its number, without its words, and masks all others', async () => {
    const input = `${jsonLine('a', 'agent', 'what is your pin')}\nsecret\n{"role":"x"}\n${jsonLine('a', 'customer', '1234')}\n`;
    const { exitCode, lines, errors } = await redactInput(['--json'], input);
    expect(exitCode).toBe(2);
    expect(errors).toContain('Cannot read line 2: it is not JSON');
    expect(errors).toContain('Cannot read line 3: "role" has to be one of');
    expect(errors).not.toContain('secret');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { text: 'what is your pin', findings: [] },
      { text: '', findings: [], error: 'it is not JSON' },
      { text: '', findings: [], error: expect.stringContaining('"role"') as unknown },
      { text: '####', findings: [{ type: 'PIN', start: 0, end: 4 }] },
    ]);
  });
});

describe('earshot redact', () => {
  it('masks plain text line by line and leaves the rest as it is', async () => {
    const input = Buffer.from('agent:  what is your PIN?\r\n\ncustomer: 1234 — café\nThat is  all');
    const { exitCode, lines } = await redactInput([], input);
    expect(exitCode).toBe(0);
    expect(lines).toEqual(['agent:  what is your PIN?', '', 'customer: #### — café', 'That is  all']);
  });

  it('takes lines that do not tell who speaks for question and answer', async () => {
    const { lines } = await redactInput(
      ['--mask', 'label'],
      'Can you tell me your PIN?\nFour four one two\n',
    );
    expect(lines).toEqual(['Can you tell me your PIN?', '[PIN]']);
  });

  it('masks only what it is told to', async () => {
    const { lines } = await redactInput(
      ['--entities', 'ssn'],
      'my PIN is 1234 and my social is 219-09-9999\n',
    );
    expect(lines).toEqual(['my PIN is 1234 and my social is ###-##-####']);
  });

  const misuse = [
    { given: 'an entity there is not', args: ['--entities', 'SHOE_SIZE'], want: '--entities SHOE_SIZE' },
    { given: 'a policy there is not', args: ['--policy', 'lax'], want: 'strict' },
    { given: 'a file', args: ['call.txt'], want: 'standard input' },
  ];
  for (const { given, args, want } of misuse) {
    it(`says what is wrong with ${given}`, async () => {
      const { exitCode, lines, errors } = await redactInput(args, 'my PIN is 1234\n');
      expect({ exitCode, lines }).toEqual({ exitCode: 2, lines: [] });
      expect(errors).toContain(want);
    });
  }
});
