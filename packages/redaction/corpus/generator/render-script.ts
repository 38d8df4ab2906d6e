import type { ParticipantRole } from '@earshot/domain';
import type { LabelledSpan, LabelledTurn } from '../corpus.ts';
import { makeOrdinaryValue } from './ordinary-values.ts';
import { makePrivateValue, type PrivateValue } from './private-values.ts';
import { createRandom, type Random } from './random.ts';
import type { Style } from './say-digits.ts';

/** One conversation as written by hand; its notation is in the README beside. */
export interface Script {
  readonly id: string;
  readonly lines: readonly { readonly role: ParticipantRole; readonly text: string }[];
}

interface Part {
  readonly text: string;
  readonly type?: string;
  /** A recogniser may end the turn in front of this part. */
  readonly cut?: boolean;
}

const SLOT =
  /<([a-z]+4?)(?:\.([a-z]))?(?:\/(\d)(?:-(\d))?)?(~)?>|\{([a-z]+)(=)?(?::(\d+))?\}|\[([^\]|]+)\|([^\]]+)\]/g;
const CUT_IN_VALUE = 0.1;
const CUT_BEFORE_VALUE = 0.05;
const BACK_CHANNEL = 0.35;
const LEAD_IN = 0.1;

export function parseScripts(text: string): Script[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((block) => {
      const [id = '', ...lines] = block.trimEnd().split('\n');
      return {
        id,
        lines: lines.map((line) => ({
          role: line.startsWith('A ') ? 'agent' : 'customer',
          text: line.slice(2),
        })),
      };
    });
}

/** The turns of a script in one style; every take has other values, said in another manner. A long value may be cut into two turns, as a recogniser does at a pause. */
export function renderScript(script: Script, style: Style, take: number): LabelledTurn[] {
  const conversation = `${script.id}.${style}.${take}`;
  const random = createRandom(conversation);
  const values = new Map<string, PrivateValue>();
  const said = new Map<string, string>();
  const turns: LabelledTurn[] = [];
  for (const { role, text } of script.lines) {
    const lead =
      role === 'customer' && random.chance(LEAD_IN)
        ? random.pick(['Um, ', 'Uh, ', 'Yeah, ', 'Okay, so, '])
        : '';
    const parts = partsOf(lead + text, { style, random, values, said });
    for (const [at, piece] of cutIntoTurns(parts).entries()) {
      const heardBetween = at > 0 && random.chance(BACK_CHANNEL);
      const other: ParticipantRole = role === 'agent' ? 'customer' : 'agent';
      if (heardBetween) {
        const sound = spoken(random.pick(['Mm-hmm.', 'Okay.', 'Right.', 'Uh huh.']), style);
        turns.push({ conversation, role: other, text: sound.trim(), spans: [] });
      }
      turns.push({ conversation, role, ...joinParts(piece) });
    }
  }
  return turns.filter(({ text }) => text !== '');
}

interface Rendering {
  readonly style: Style;
  readonly random: Random;
  readonly values: Map<string, PrivateValue>;
  readonly said: Map<string, string>;
}

function partsOf(text: string, rendering: Rendering): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(SLOT)) {
    parts.push({ text: spoken(text.slice(from, match.index), rendering.style) });
    parts.push(...slotParts(match, rendering));
    from = match.index + match[0].length;
  }
  parts.push({ text: spoken(text.slice(from), rendering.style) });
  return parts;
}

function slotParts(match: RegExpExecArray | RegExpMatchArray, rendering: Rendering): Part[] {
  const [, kind, instance, first, last, wrong, ordinary, again, argument, either, or] = match;
  const { style, random } = rendering;
  if (kind !== undefined) {
    const whole = privateValue(`${kind}.${instance ?? 'a'}`, kind, rendering);
    const part = first === undefined ? whole : whole.slice(Number(first), Number(last ?? first));
    return privateParts(wrong === undefined ? part : part.misread(), rendering);
  }
  if (ordinary !== undefined) {
    const repeated = again === undefined ? undefined : rendering.said.get(ordinary);
    const text = repeated ?? makeOrdinaryValue(ordinary, argument, random)[style];
    rendering.said.set(ordinary, text);
    return [{ text }];
  }
  return [{ text: spoken(random.pick([either ?? '', or ?? '']), style) }];
}

function privateValue(key: string, kind: string, { values, random }: Rendering): PrivateValue {
  const known = values.get(key);
  if (known !== undefined) return known;
  const made = makePrivateValue(kind, random);
  values.set(key, made);
  return made;
}

function privateParts(value: PrivateValue, { style, random }: Rendering): Part[] {
  const { pieces, separator } = value.say(style, random);
  const { type } = value;
  const cut = random.chance(CUT_BEFORE_VALUE);
  if (pieces.length < 2 || !random.chance(CUT_IN_VALUE)) return [{ text: pieces.join(separator), type, cut }];
  const at = 1 + random.below(pieces.length - 1);
  return [
    { text: pieces.slice(0, at).join(separator), type, cut },
    { text: pieces.slice(at).join(separator), type, cut: true },
  ];
}

function cutIntoTurns(parts: readonly Part[]): Part[][] {
  const turns: Part[][] = [[]];
  for (const part of parts) {
    const before = turns.at(-1) ?? [];
    if (part.cut === true && before.some(({ text }) => text.trim() !== '')) turns.push([part]);
    else before.push(part);
  }
  return turns;
}

function joinParts(parts: readonly Part[]): { text: string; spans: LabelledSpan[] } {
  let text = '';
  const spans: LabelledSpan[] = [];
  for (const part of parts) {
    const added = text === '' || text.endsWith(' ') ? part.text.trimStart() : part.text;
    if (part.type !== undefined)
      spans.push({ type: part.type, start: text.length, end: text.length + added.length });
    text += added;
  }
  return { text: text.trimEnd(), spans };
}

/** Without a slot: as a recogniser writes it that knows neither capitals nor punctuation. */
function spoken(text: string, style: Style): string {
  if (style === 'digits') return text;
  return text
    .toLowerCase()
    .replaceAll('-', ' ')
    .replaceAll(/[.,?!:;]/g, '')
    .replaceAll(/ +/g, ' ');
}
