import { MONEY, MONTHS, ORDINALS } from './quantity-words.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const BACK_CHANNEL = words(
  'yes yeah yep yup right sure thanks thank you mhm mm uh huh hm ok okay great perfect alright all good got it i see ' +
    "no problem correct go ahead continue next fine cool please ma'am sir",
);

/** Said before, between and after digits, corrections among them. */
export const LEAD_INS = words(
  "it's its it is that's thats that the my number yes yeah yep sure so well okay here and then um uh digits code be would " +
    "again no nope not sorry wait actually i i'm mean meant oops scratch correction rather instead let me see start over " +
    'alright all right first second third fourth fifth sixth seventh eighth middle last one next group four set of a think believe just say said repeat you was got it ' +
    "to for thank thanks hold on sec hmm ready in there's ends ending with pound star hash key sign capital i'll " +
    "ma'am sir go ahead goes starts i've i have got we we've as oh gosh what about how had try tried double triple usually normally always should might maybe probably guess mine mine's that'd it'd honestly fine perfect great cool hello hi hey still same pretty i'd it'll before old previous previously make those used try use change changed set from now it'll will does",
);

export const ASKING = words(
  "what what's whats which can could may please provide give tell verify confirm need have read say enter repeat know",
);

/** Takes back what was said. */
export const CORRECTING = words(
  'wrong incorrect mistake sorry oops nope no not actually instead supposed meant misread',
);

/** Asks for something to be said. */
export const REQUESTING = words(
  "what what's whats which tell give provide verify confirm spell enter say repeat read need may get type choose pick create set short long weak wrong characters invalid least incorrect used must",
);

export const STALLING = words(
  'hold wait moment second sec minute let looking find wallet purse grab bear hang getting checking somewhere glasses',
);

/** What may stand beside the figures of a time, a date or an amount. */
export const QUANTITY_WORDS: ReadonlySet<string> = new Set([
  ...MONEY,
  ...MONTHS.keys(),
  ...ORDINALS,
  ..."a p m am pm o'clock at of on".split(' '),
]);
