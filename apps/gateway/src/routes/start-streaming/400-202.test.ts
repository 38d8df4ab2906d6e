import { describe, expect, it } from 'vitest';
import { GUIDE_START, gatewayUnderTest, START, TWO_ENGINES } from '../../testing/gateway-under-test.ts';
import { readRefusal } from '../../testing/read-answer.ts';

describe('POST start-streaming 400-202', () => {
  const refused: readonly { given: object; want: string; forceRedaction?: boolean }[] = [
    { given: { language: 'es-US' }, want: '/autotranscribeParams/language must be "en-US"' },
    { given: { language: 'not a tag' }, want: '/autotranscribeParams/language must be' },
    { given: { detailedToken: true }, want: '/autotranscribeParams/detailedToken must be false' },
    {
      given: { detailedToken: true, redactionOutput: 'redacted_and_unredacted' },
      want: '/autotranscribeParams/detailedToken must be false',
    },
    { given: { detailedToken: 'yes' }, want: '/autotranscribeParams/detailedToken must be true or false' },
    { given: { redactionOutput: 'none' }, want: '/autotranscribeParams/redactionOutput must be' },
    {
      given: { redactionOutput: 'unredacted' },
      forceRedaction: true,
      want: 'must be "redacted": this deployment always redacts',
    },
    {
      given: { redactionOutput: 'redacted_and_unredacted' },
      forceRedaction: true,
      want: 'must be "redacted": this deployment always redacts',
    },
    {
      given: { detailedToken: true, redactionOutput: 'unredacted' },
      forceRedaction: true,
      want: 'must be "redacted": this deployment always redacts',
    },
  ];
  it.each(refused)('refuses $given with forced redaction $forceRedaction', async (row) => {
    const { post, queued } = await gatewayUnderTest({ forceRedaction: row.forceRedaction ?? false });
    const refusal = await readRefusal(await post(START, { ...GUIDE_START, autotranscribeParams: row.given }));
    expect(refusal).toEqual({ status: 400, code: '400-202', message: expect.stringContaining(row.want) });
    expect(queued).toEqual([]);
  });

  const unable: readonly {
    given: string | undefined;
    languages: readonly [string, ...string[]];
    want: string;
  }[] = [
    { given: 'es-US', languages: ['en-US'], want: 'must be "en-US"' },
    { given: 'es-MX', languages: ['en-US', 'es-US'], want: 'must be "en-US" or "es-US"' },
    { given: 'en', languages: ['en-US', 'es-US'], want: 'must be "en-US" or "es-US"' },
    { given: undefined, languages: ['es-US'], want: 'must be "es-US"' },
  ];
  it.each(unable)('refuses $given where the engine can do $languages', async ({ given, languages, want }) => {
    const { post } = await gatewayUnderTest({ engines: [{ engine: 'deepgram', languages }] });
    const autotranscribeParams = given === undefined ? {} : { language: given };
    const refusal = await readRefusal(await post(START, { ...GUIDE_START, autotranscribeParams }));
    const message = `/autotranscribeParams/language ${want}`;
    expect(refusal).toEqual({ status: 400, code: '400-202', message });
  });

  const notOffered = [
    { given: { engine: 'sherpa' }, want: '/engine must be "moonshine" or "deepgram"' },
    { given: { engine: 'Deepgram' }, want: '/engine must be "moonshine" or "deepgram"' },
    {
      given: { language: 'es-US' },
      want: '/language must be "en-US" with engine "moonshine"; engine "deepgram" can do the language asked for',
    },
    {
      given: { engine: 'deepgram', language: 'fr' },
      want: '/language must be "en-US" or "es-US" with engine "deepgram"',
    },
    { given: { engine: '' }, want: '/engine must not be empty' },
    { given: { engine: 7 }, want: '/engine must be' },
  ];
  it.each(notOffered)('refuses $given where two engines are offered', async ({ given, want }) => {
    const { post, queued } = await gatewayUnderTest({ engines: TWO_ENGINES });
    const refusal = await readRefusal(await post(START, { ...GUIDE_START, autotranscribeParams: given }));
    const message = expect.stringContaining(`/autotranscribeParams${want}`);
    expect(refusal).toEqual({ status: 400, code: '400-202', message });
    expect(queued).toEqual([]);
  });
});
