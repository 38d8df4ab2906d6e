import { describe, expect, it } from 'vitest';
import { parseEvaluationManifest } from './evaluation-manifest.ts';

describe('parseEvaluationManifest', () => {
  it('reads columns in any order, files relative to the manifest', () => {
    const text = 'source\ttranscript\tfile\tduration_s\r\nprompts\tHello there.\tclips/a.wav\t1.2\r\n\r\n';
    expect(parseEvaluationManifest(text, '/data/m.tsv')).toEqual([
      { file: 'clips/a.wav', path: '/data/clips/a.wav', transcript: 'Hello there.', source: 'prompts' },
    ]);
  });

  it('puts clips without a source together', () => {
    const [clip] = parseEvaluationManifest('file\ttranscript\n/b.wav\t\n', '/data/m.tsv');
    expect(clip).toEqual({ file: '/b.wav', path: '/b.wav', transcript: '', source: 'all' });
  });

  it.each([
    { given: '', want: 'its first line lacks the columns file and transcript' },
    { given: 'file,transcript\na.wav,hi', want: 'its first line lacks the columns file and transcript' },
    { given: 'file\ttranscript\n', want: 'it names no file' },
    { given: 'file\ttranscript\n\na.wav', want: 'line 3 has 1 columns, want 2' },
  ])('refuses "$given"', ({ given, want }) => {
    expect(() => parseEvaluationManifest(given, 'm.tsv')).toThrow(`Cannot read manifest: ${want}`);
    expect(() => parseEvaluationManifest(given, 'm.tsv')).toThrow(
      expect.objectContaining({ code: 'speech.manifest-invalid' }),
    );
  });
});
