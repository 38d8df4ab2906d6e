import type { EngineList, EngineOffer } from '@earshot/config';
import { refuse, type Refusal } from '../streaming/refusal.ts';

/** The engine of a call: the request's, else the tenant's where it is still offered, else the default one. */
export function chooseEngine(
  offers: EngineList<EngineOffer>,
  { asked, ofTenant }: { readonly asked: string | undefined; readonly ofTenant: string | undefined },
): EngineOffer | Refusal {
  if (asked === undefined) return offers.find(({ engine }) => engine === ofTenant) ?? offers[0];
  const found = offers.find(({ engine }) => engine === asked);
  return found ?? refuse('400-202', `/autotranscribeParams/engine must be ${quotedNames(offers)}`);
}

export function quotedNames(offers: EngineList<EngineOffer>): string {
  return offers.map(({ engine }) => JSON.stringify(engine)).join(' or ');
}

/** The tag as the deployment spells it; compared without case. */
export function chooseLanguage(
  offers: EngineList<EngineOffer>,
  chosen: EngineOffer,
  asked: string,
): { readonly type: 'language'; readonly language: string } | Refusal {
  const language = chosen.languages.find((tag) => isSameTag(tag, asked));
  if (language !== undefined) return { type: 'language', language };
  const able = chosen.languages.map((tag) => JSON.stringify(tag)).join(' or ');
  const message = `/autotranscribeParams/language must be ${able}`;
  if (offers.length === 1) return refuse('400-202', message);
  const others = offers.filter(({ languages }) => languages.some((tag) => isSameTag(tag, asked)));
  const hint = others.map(({ engine }) => JSON.stringify(engine)).join(' or ');
  const withOther = hint === '' ? '' : `; engine ${hint} can do the language asked for`;
  return refuse('400-202', `${message} with engine ${JSON.stringify(chosen.engine)}${withOther}`);
}

function isSameTag(tag: string, asked: string): boolean {
  return tag.toLowerCase() === asked.toLowerCase();
}
