const capitals = (list: string): [string, string][] =>
  list.split(' ').map((name) => [name, name.charAt(0).toUpperCase() + name.slice(1)]);
const written = (list: string): [string, string][] =>
  list.split(' ').map((name) => [name.toLowerCase(), name]);

/** Data: extend here. Only names that mean nothing else in lower case. */
export const CASED_NAMES: ReadonlyMap<string, string> = new Map([
  ...capitals('monday tuesday wednesday thursday friday saturday sunday'),
  ...capitals('mondays tuesdays wednesdays thursdays fridays saturdays sundays'),
  ...capitals('january february april june july august september october november december'),
  ...capitals(
    'english spanish french german italian portuguese american canadian mexican christmas thanksgiving',
  ),
  ...capitals(
    'google microsoft amazon gmail netflix facebook instagram samsung verizon mastercard android walmart',
  ),
  ...capitals(
    'alabama alaska arizona arkansas california colorado connecticut florida hawaii idaho illinois indiana',
  ),
  ...capitals(
    'iowa kansas kentucky louisiana massachusetts michigan minnesota mississippi missouri montana nebraska',
  ),
  ...capitals(
    'nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont wisconsin wyoming chicago boston',
  ),
  ...capitals('mr mrs'),
  ...written('iPhone iPhones iPad iPads PayPal FedEx WhatsApp YouTube LinkedIn eBay'),
  ...written('USB PDF CVV SSN USPS DHL GPS IRS FBI USA'),
]);
