import { basename, extname } from 'node:path';
import type { FileMessageBody } from '@earshot/api';
import { PARTICIPANT_ROLES, type ParticipantRole } from '@earshot/domain';
import type { CaptionedFile } from '@earshot/recordings';
import { refuseUnread, spokenCaptions } from '../captioned/spoken-captions.ts';
import { CliError } from '../verb.ts';

/** As the API takes it. */
const GUID = /^[A-Za-z0-9_.:-]{1,256}$/;
const TEXT_CHARACTERS_MAX = 20_000;

/** What options say of the files; the rest is taken from each file. */
export interface ImportOptions {
  readonly guid: string | undefined;
  readonly customerId: string | undefined;
  readonly agentId: string | undefined;
  readonly startedAtMs: number | undefined;
  readonly role: ParticipantRole | undefined;
}

/** A conversation as it will be filed. */
export interface ImportPlan {
  readonly file: string;
  readonly externalId: string;
  readonly customerId: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /** In order of time. */
  readonly messages: readonly FileMessageBody[];
}

/** Throws `CliError` with what is missing and the option that tells it. */
export function planImport(file: string, opened: CaptionedFile, options: ImportOptions): ImportPlan {
  refuseUnread(file, opened);
  const startedAtMs = options.startedAtMs ?? opened.startedAtMs;
  if (startedAtMs === undefined) {
    throw new CliError(`Cannot import ${file}: it does not tell when it began; add --started-at`);
  }
  const externalId = options.guid ?? guidOf(file, opened.title);
  const captions = spokenCaptions(opened, options.role);
  if (captions.length === 0) throw new CliError(`Cannot import ${file}: it has no captions`);
  const customerId = options.customerId ?? externalId;
  const senderIds = { customer: customerId, agent: options.agentId ?? 'agent' };
  const messages = captions.map(({ role, startMs, text }) => {
    if (role === undefined) throw new CliError(unknownSpeaker(file, opened));
    if (text.length > TEXT_CHARACTERS_MAX) {
      const limit = `exceeds limit ${TEXT_CHARACTERS_MAX} characters`;
      throw new CliError(`Cannot import ${file}: the caption at ${startMs} ms ${limit}`);
    }
    const timestamp = new Date(startedAtMs + startMs).toISOString();
    return { text, sender: { role, externalId: senderIds[role] }, timestamp };
  });
  const durationMs = captions.reduce((most, { endMs }) => Math.max(most, endMs), opened.durationMs ?? 0);
  return { file, externalId, customerId, startedAtMs, endedAtMs: startedAtMs + durationMs, messages };
}

function guidOf(file: string, title: string | undefined): string {
  const name = basename(file, extname(file));
  const found = [title ?? '', name].find((each) => GUID.test(each));
  if (found !== undefined) return found;
  throw new CliError(`Cannot import ${file}: neither its title nor its name can be a guid; add --guid`);
}

function unknownSpeaker(file: string, { tracks }: CaptionedFile): string {
  const names = tracks.map(({ number, name }) => `${number} ${name ?? '(no name)'}`).join(', ');
  const roles = PARTICIPANT_ROLES.join(' or ');
  return (
    `Cannot import ${file}: nothing tells who speaks in its captions (tracks: ${names}); ` +
    `name the tracks or begin each caption with its speaker, ${roles}, or add --role`
  );
}
