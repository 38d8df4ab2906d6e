import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createEarshotClient } from '@earshot/client';
import { readCaptions } from '@earshot/recordings';
import { checkAnswer, contractRequests } from '@earshot/api/testing';
import { createCanary } from '@earshot/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD_PART, clip, PIN_PART, writeClip } from './call-clip.ts';
import { earshot, type CommandResult } from './earshot-command.ts';
import { hear } from './hear.ts';
import {
  byTime,
  fetchRecording,
  hasFfmpeg,
  heardIn,
  maskedSpans,
  playThrough,
  type CallRecording,
} from './call-recording.ts';
import { runSystem, type RunningSystem } from './running-system.ts';
import { dumpDatabase, dumpRedis } from './store-dump.ts';

const SAMPLES_PER_SECOND = 8000;
const CARD_DIGITS = '5173956130976197';
/** The call goes on hold between the two parts. */
const HOLD_AT_SECONDS = PIN_PART[1] - PIN_PART[0];

describe('a call through the whole system', () => {
  let system: RunningSystem;
  let simulated: CommandResult;

  beforeAll(async () => {
    system = await runSystem();
    const files = await writeClip(system.directory, [PIN_PART, CARD_PART]);
    const call = ['--customer', files.customer, '--agent', files.agent];
    simulated = await earshot(system.directory, [
      'simulate',
      ...call,
      '--record',
      '--hold-at',
      String(HOLD_AT_SECONDS),
    ]);
  }, 180_000);

  afterAll(async () => {
    await system?.stop();
  }, 240_000);

  const transcripts = (role: string): readonly string[] =>
    simulated.events
      .filter((event) => event['type'] === 'transcript' && event['role'] === role)
      .map((event) => String(event['text']));

  it('agrees in webhooks, summaries and messages over a hold, to the byte', () => {
    const checked = simulated.events.filter((event) => event['type'] === 'checked');
    expect(checked.map((event) => event['disagreements'])).toEqual([[]]);
    expect(simulated.exitCode).toBe(0);
  });

  it('hears both sides with the real recogniser', () => {
    expect(transcripts('agent').join(' ')).toMatch(/pin number.*card would you like/i);
    expect(transcripts('customer').length).toBeGreaterThanOrEqual(2);
  });

  it('masks the PIN and the card number', () => {
    const said = transcripts('customer').join(' ');
    expect(said).toMatch(/pin number is/i);
    expect(said).toMatch(/card number is/i);
    expect(said).toContain('####');
    expect(said).not.toMatch(/\d|five|nine|three|seven/i);
  });

  it('starts the times of the second leg at 0', () => {
    const starts = simulated.events
      .filter((event) => event['type'] === 'transcript')
      .map((event) => event['startMs']);
    const legStart = simulated.events.findIndex((event) => event['type'] === 'started' && event['leg'] === 2);
    const afterHold = simulated.events.slice(legStart).find((event) => event['type'] === 'transcript');
    expect(starts.length).toBeGreaterThanOrEqual(4);
    expect(afterHold?.['startMs']).toBeLessThan(3000);
  });

  it('answers every operation of the contract through the front door, and none without a key', async () => {
    const requests = contractRequests();
    expect(requests.length).toBeGreaterThan(50);
    for (const request of requests) {
      const answer = await fetch(`${system.baseUrl}${request.path}`, { method: request.method });
      expect({ ...request, status: answer.status, wrong: await checkAnswer(request, answer) }).toEqual({
        ...request,
        status: 401,
        wrong: [],
      });
    }
  });

  it('tells which methods a path of the contract takes when it is asked with another', async () => {
    const methods = new Map<string, string[]>();
    for (const { path, method } of contractRequests()) {
      const also = method === 'GET' ? [method, 'HEAD'] : [method];
      methods.set(path, [...(methods.get(path) ?? []), ...also]);
    }
    const headers = { authorization: `Bearer ${system.credentials.apiId}.${system.credentials.apiSecret}` };
    for (const [path, allowed] of methods) {
      const answer = await fetch(`${system.baseUrl}${path}`, { method: 'OPTIONS', headers });
      const allow = answer.headers.get('allow')?.split(', ');
      // A path may fit another of the contract too: messages/batch is where a message of that id would be.
      const want = { path, status: 405, allow: expect.arrayContaining(allowed) as unknown };
      expect({ path, status: answer.status, allow }).toEqual(want);
    }
  });

  it('leaves the card number in no log, queue or table', async () => {
    const canary = createCanary(CARD_DIGITS);
    const heard = createCanary(CARD_DIGITS);
    heard.collect('recogniser', await hear(await clip('customer', [CARD_PART])));
    expect(heard.findings(), 'the recogniser did hear the number').not.toEqual([]);

    const places = [
      ...(await system.readLogs()),
      ...(await dumpDatabase(system.databaseUrl)),
      ...(system.redisUrl === undefined ? [] : await dumpRedis(system.redisUrl)),
    ];
    for (const { name, text } of places) canary.collect(name, text);
    expect(places.length).toBeGreaterThan(10);
    canary.assertClean();
  }, 240_000);

  describe('its recording', () => {
    const legs = new Map<number, CallRecording>();

    beforeAll(async () => {
      for (const leg of [1, 2]) legs.set(leg, await fetchRecording(system, guid(), leg));
    }, 240_000);
    const each = () => [...legs].map(([leg, recording]) => ({ leg, ...recording }));
    const guid = () => String(simulated.events.find((event) => event['type'] === 'started')?.['guid']);

    it.skipIf(!hasFfmpeg)('is played by ffmpeg with both sides and both captions, whole', async () => {
      for (const { file, durationMs } of each()) {
        const { streams, decodedMs } = await playThrough(file);
        expect(streams).toEqual([
          'audio pcm_s16le AUDIO_FROM_CUSTOMER',
          'audio pcm_s16le AUDIO_TO_CUSTOMER',
          'subtitle subrip customer',
          'subtitle subrip agent',
        ]);
        expect(decodedMs).toEqual([durationMs, durationMs]);
      }
    });

    it('captions every message at its time', async () => {
      for (const { leg, file } of each()) {
        const { cues } = await readCaptions(createReadStream(file));
        const told = cues.map(({ role, startMs, endMs, text }) => ({ role, startMs, endMs, text }));
        expect(byTime(told)).toEqual(byTime(heardIn(simulated.events, leg)));
      }
    });

    it('is what was played, but silent where the transcript is masked', async () => {
      const played = await clip('customer', [PIN_PART, CARD_PART]);
      const split = HOLD_AT_SECONDS * SAMPLES_PER_SECOND;
      const sides = [played.subarray(0, split), played.subarray(split)];
      for (const { leg, customer } of each()) {
        const masked = maskedSpans(sides[leg - 1] ?? new Int16Array(), customer);
        expect(masked.muted / SAMPLES_PER_SECOND).toBeGreaterThan(0.5);
        expect(masked.altered).toBe(0);
      }
    });

    it('says no digit of the card, not even to the recogniser', async () => {
      const canary = createCanary(CARD_DIGITS);
      const sides = each().flatMap(({ customer }) => [...customer]);
      canary.collect('recording', await hear(Int16Array.from(sides)));
      expect(canary.findings()).toEqual([]);
    }, 240_000);

    it('is the conversation itself to who imports it', async () => {
      for (const { leg, file } of each()) {
        const { events } = await earshot(system.directory, ['import', file]);
        const presentCount = heardIn(simulated.events, leg).length;
        expect(events).toMatchObject([{ filedCount: 0, alteredCount: 0, presentCount }]);
      }
    }, 240_000);

    it('is gone with the conversation, and nothing of it is left', async () => {
      const { retention, calls } = createEarshotClient(system.credentials);
      const { counts } = await retention.eraseConversation(guid());
      expect(counts.recordings).toBe(2);
      await expect(calls.recordings(guid())).rejects.toMatchObject({ code: '404-01' });
      expect(await readdir(system.state.recordings)).toEqual([]);
    });
  });
});
