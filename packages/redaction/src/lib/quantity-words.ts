const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

export const CURRENCIES = words('$ \u00a3 \u20ac \u00a5 \u20b9');

export const MONEY = words('dollar dollars buck bucks cent cents pound pounds euro euros usd grand');

/** After any number these make it an amount. */
export const UNITS = words(
  'percent % year years day days week weeks month months hour hours hrs minute minutes mins gb mb gig gigs gigabyte ' +
    'gigabytes megabytes mile miles item items people times degrees digit digits numbers characters inch inches feet ' +
    'foot meters km kilometers lbs kilos stars million billion ounces gallons points milligrams mg milliliters ml volts volt watts watt kilowatt kilowatts megabits mbps megs meg hertz bpm calories servings cups tablets pills copies pages seats rooms units square acres amps psi centimeters millimeters kilograms grams',
);

/** After a small number these make it a count or a figure of speech: "one moment", "two more". */
export const COUNTED = words(
  'moment moments second seconds sec secs minute thing things more of other others way time person who that kid kids ' +
    'card cards account accounts order orders call calls line lines question questions last day night business star ' +
    'bedroom year week month hour piece pair pack sheet child children men women left remaining available',
);

/** After "a". */
export const RATES = words('month year week day night piece gallon pound hour minute share person unit');

/** Words in "s" that are no plurals. */
export const NO_PLURALS = words(
  "this does thanks perhaps always sometimes besides unless plus thats whats heres theres lets expires ends starts works goes comes means sounds looks gives makes its it's that's what's here's there's please yes has was",
);

/** Before "one" these make it a pronoun. */
export const BEFORE_PRONOUN = words(
  'first second third last next only either this that the which no any every each another new old other right wrong good number',
);

export const MONTHS: ReadonlyMap<string, number> = new Map(
  (
    'january february march april may june july august september october november december|' +
    'jan feb mar apr may jun jul aug sep oct nov dec|- - - - - - - - sept - - -'
  )
    .split('|')
    .flatMap((list) => list.split(' ').map((name, i) => [name, i + 1] as const))
    .filter(([name]) => name !== '-'),
);

export const ORDINALS = words(
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth twentieth thirtieth',
);

/** A year may follow these, months and days. */
export const YEAR_PREPOSITIONS: ReadonlySet<string> = new Set([
  ...words('in since until before after year from'),
  ...MONTHS.keys(),
  ...ORDINALS,
]);
export const CLOCK_PREPOSITIONS = words('at by around until till before after from');
/** Between the ends of a range or the parts of a decimal. */
export const RANGE_WORDS = words('or point through over');

/** "1998", "2024". */
export function isYear(digits: string): boolean {
  return /^(?:19|20)\d\d$/.test(digits);
}
