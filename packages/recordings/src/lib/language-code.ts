/** ISO 639-2 for what telephone lines speak most; readers that know BCP 47 take the whole tag instead. */
const CODES: Readonly<Record<string, string>> = {
  ar: 'ara',
  da: 'dan',
  de: 'ger',
  en: 'eng',
  es: 'spa',
  fi: 'fin',
  fr: 'fre',
  hi: 'hin',
  it: 'ita',
  ja: 'jpn',
  ko: 'kor',
  nl: 'dut',
  no: 'nor',
  pl: 'pol',
  pt: 'por',
  ru: 'rus',
  sv: 'swe',
  tr: 'tur',
  uk: 'ukr',
  vi: 'vie',
  zh: 'chi',
};

/** The three letters of a BCP 47 tag's language; `und` where it is not known. */
export function languageCode(tag: string): string {
  const [primary = ''] = tag.toLowerCase().split('-');
  return CODES[primary] ?? (/^[a-z]{3}$/.test(primary) ? primary : 'und');
}
