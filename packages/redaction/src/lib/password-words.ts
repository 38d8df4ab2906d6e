const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Said of a password instead of its value: "my password is not working". */
export const PREDICATES = words(
  "not no isn't isnt never wrong incorrect invalid expired locked reset blocked required needed right fine working " +
    'the too being case still now already different same also on in at for to going supposed something there here what ' +
    'hidden saved stored sent protected ok okay it i you we they a an ' +
    'about gone lost forgotten accepted rejected case-sensitive missing empty blank changed updated when how ' +
    'why if because that this my your incorrectly verified complicated ' +
    'broken compromised hacked stolen everything nothing anything only just always really very',
);

/** Said of a password too, unless a word follows: "my password is old", "my password is old faithful". */
export const SOFT_PREDICATES = words(
  'correct old new strong weak secure good bad great important set temporary default easy hard simple long short so like written gone',
);

export const LEAD_INS = words(
  "yes yeah yep yup sure well so it's its that's thats it is that was would be the my password alright actually just ok okay um " +
    'uh hmm try maybe probably oh really gosh man god jeez boy then let me see all lower lowercase word words answer secret',
);

/** Two or more words that lead in to an answer. */
export const LEAD_IN_PHRASES: readonly (readonly string[])[] = [
  'i think',
  'can it be',
  'could it be',
  'would it be',
  'that would be',
  "that'd be",
  'could i use',
  'can i use',
  'can we do',
  'they called me',
  'people called me',
  'everybody called me',
  'i went to',
  'we went to',
  'i worked at',
  'i worked for',
  'her name is',
  'his name is',
  'it was at',
  'it was on',
  'it was in',
  'let me write it',
  'it was a',
  'it was an',
  'it was the',
  'i am typing',
  "i'm typing",
  "i've been typing",
  'i keep typing',
  'i was typing',
  'i was born in',
  "i'm using",
  'i grew up in',
  'i grew up on',
  'we met in',
  'she was a',
  'his name was',
  'her name was',
  'it used to be',
  'i believe',
  'i guess',
  'i want to say',
  'i said',
  'i used',
  'i use',
  'i have',
  'it should be',
  'should be',
  'i put',
  'oh yeah',
  'of course',
  'go ahead',
  'i see',
  'i typed',
  'i entered',
  'i tried',
  'i put in',
  'what about',
  'i chose',
  'i picked',
  'i went with',
  'i set',
  "let's say",
  'lets say',
  "let's try",
  'how about',
  "let's use",
  'lets use',
  "i'll use",
  "let's go with",
  "i'll go with",
  'make it',
  "let's do",
  'set it to',
  'change it to',
].map((phrase) => phrase.split(' '));

export const NO_ANSWER = words(
  "i i'm im i'll i've can could what what's whats how why do does wait hold let sorry no not one don't dont didn't haven't which " +
    'are when where who hello hi thanks thank please you we they he she there nope never cannot great perfect awesome ' +
    'good lovely brilliant awesome super terrific wow gotcha understood trying sounds cool hang okay yes right correct and but because if would mhm mm huh wonderful excellent got alright nothing ' +
    "none error sir ma'am is give let's lets gimme bear also any already",
);

export const STOPS = words(
  'but can could would because which if when i it do does did is you please thanks thank okay though sir ' +
    "ma'am right i'm it's that's what how on thats can't cannot won't doesn't doesnt isn't",
);

export const AFTER_AND = words("my i the it then can you what that that's thats it's its when if we your");

/** Said only while something is spelled. */
export const SPELLING = words(
  'capital cap uppercase upper lowercase lower underscore dash hyphen dot period exclamation bang hash hashtag dollar ' +
    'percent asterisk ampersand slash backslash colon semicolon symbol caps one two three four five six seven eight nine ' +
    'zero oh double triple ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty ' +
    'forty fifty sixty seventy eighty ninety',
);

/** Said while something is spelled, and otherwise. */
export const SPELLING_BESIDE = words(
  'case letter number sign point at mark pound star and plus equals question comma space all small big as in like for then ' +
    'followed by first second third next with',
);

export const NATO = words(
  'alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa quebec ' +
    'romeo sierra tango uniform victor whiskey whisky xray x-ray yankee zulu adam boy david edward frank george henry ida ' +
    'john king lincoln mary nora nancy ocean peter paul queen robert sam tom union victor william young zebra apple dog cat',
);
