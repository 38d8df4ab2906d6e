import type { EntityName } from './entities.ts';

/** Data: extend here. Other names for the same things, and what recognisers make of their names. */
export const MORE_CUES: readonly (readonly [EntityName, string, 'weak'?])[] = [
  [
    'PIN',
    'pinn|p in|bin number|pan number|pen code|bin code|pin numb|pen numb|bin numb|authenticator app|authenticator|' +
      'authentication app|security app|showing a number|shows a number|number on your screen|number in the app|' +
      'banking digits|memorable number|memorable digits|unlock your phone|unlock the phone|unlock my phone|' +
      'unlock the screen|unlock your device|keep typing|kept typing|digits you chose|numbers you chose|backup code|' +
      'recovery code|reset code|one time number|confirmation pin|digits of the pin|which one you use|one you use|' +
      'one you picked|one you chose|first and third digits|first and last digits|disarm code|alarm company|garage code|lockbox code|lockbox|safe code|locker code|keyless entry|texted you|sent you a text|sent you something|sent you a message|second and fourth digits',
  ],
  [
    'PIN',
    'code|codes|passkeys|combination|keypad|access number|access digits|entry digits|unlock digits|login digits|' +
      'pin digits|pin numbers|passcode digits|secret digits|private number|validation number|two factor|2 factor|' +
      'two step|multi factor|2 f a|m f a|one time|numeric key|number sequence|digit sequence|unlock pattern',
  ],
  [
    'PIN',
    'my bin|my pen|your bin|your pen|the bin|the pen|you punch|you enter|you type|you key|you put in|you press|' +
      'you dial|i punch|i enter|i type|i key|i put in|i press|to get in|to unlock|to open|to log in|to sign in|' +
      'to get into|to log on|lets you in|gets you in|lets me in|gets me in|unlocks|to withdraw|at the atm|' +
      'at the machine|cash out|to access|to authenticate|fob|key fob|digits come up|numbers come up|number comes up|code comes up|check your messages|check your texts|' +
      'check your inbox|look at your phone|pops up|on the device|on the screen|it has a number|verify your identity|verify yourself|' +
      'confirm your identity|prove your identity|prove who you are|authenticate you|authenticate yourself|' +
      'identify yourself|enter|entered|entering|punch|punching|input|inputting',
    'weak',
  ],
  [
    'CVV',
    'c b b|c v b|c b v|c b c|cbc|ccv|c c v|cvp|c v p|see vee vee|see vee see|cee vee vee|sea vee vee|see v v|sea v v|' +
      'see vv|digits are on the back|end of the strip|flip it over|flip the card|flip your card|flip that over|turn it over|turn the card over|turn your card over|' +
      'other side of the card|other side of it|reverse side|back side|signature box|signature line|near the signature|' +
      'by the signature|next to the signature|above the signature|beside the signature|security bit|security part|' +
      'sec code|digit security|little code|tiny number|tiny numbers|tiny digits|verification three|cv code|cv number|cv two|cv 2|the cv|digits on the tack|digits on the bag|digits on the bat|' +
      'code on the tack|code on the bag|number on the tack|on the tack|security numbers|signature number',
  ],
  [
    'SSN',
    'social sec|soc sec|sosh|tax payer id|taxpayer number|nine digits|9 digits|nine digit|9 digit|federal id|government id number|ein|e i n|' +
      'ss number|s s number|ess ess en|so shall security|so shall security number|sosial|social secure|so so security|' +
      'social securities|social security numb|social numb|tin|tin number|t i n|social security digits|' +
      'tax identification',
  ],
  [
    'CREDIT_CARD_NUMBER',
    'card numb|car number|car numbers|card ember|cart number|cord number|car numb|credit number|debit is|credit is|' +
      'debit card ending|credit card ending|card starts|card starting|card beginning',
  ],
  [
    'CREDIT_CARD_NUMBER',
    "my debit|my credit|the visa|my visa|my discover|the discover|discover|husband's card|wife's card|mom's card|" +
      "dad's card|company card|business card number|read you the card|one of my cards",
    'weak',
  ],
  [
    'PASSWORD',
    'passward|pasword|pass words|telephone password|spoken password|voice password|magic word|safety word|family word|' +
      "where were you born|were you born in|birth city|birth town|birthplace|place of birth|mother's name before|" +
      "mother's last name|name before she|mother's birth name|mother's middle name|first pet's name|name of your dog|" +
      "name of your cat|dog's name|cat's name|street did you grow up|street you lived on|high school|" +
      'childhood nickname|favorite team|favourite team|favorite band|favorite song|favorite place|favourite food|' +
      'favourite film|favourite book|favourite colour|favourite color|maid of honor|best man|honeymoon|' +
      'met your spouse|met your husband|met your wife|dream job|first job|first boss|oldest sibling|first concert|' +
      'first roommate|street did you live|wireless key|network password|router password|favorite color|favorite movie|favorite hobby|paternal grandmother|maternal grandmother|first street|reset it to|set it to',
  ],
  [
    'PASSWORD',
    'security question|security questions|secret question|challenge question|recovery question|verification question|' +
      'verification phrase|challenge phrase|challenge word|challenge answer|answer on file|answer we have|' +
      'answer you gave|answer you set|word on file|word on the account|word on your account|word you set|word you gave|' +
      'word you picked|word you chose|word we have|' +
      'phrase you set|phrase you chose|key word|keyword|keyphrase|favorite color|favorite colour|favorite food|favorite movie|favorite book|favorite band|favorite song|favorite place|' +
      'favorite sports|favorite team|favorite sport|favorite animal|favorite city|favorite holiday|favorite restaurant|' +
      'favorite actor|favorite author|favorite singer|favorite vacation|favorite subject|favorite person|favorite ice cream|' +
      'favorite dessert|favorite drink|favorite flower|favorite hobby|favorite game|your first|your favorite|your favourite|childhood|your spouse|your sibling|your sister|your brother|your aunt|your uncle|' +
      'your oldest|your youngest|your hometown|your hero|your pet|pet you|named after|did you marry|did you attend|' +
      'did you go to school|did you live|did you study|got married|your anniversary|used to live|teacher|first work for|first worked|' +
      'first company|first employer|hospital where|where you were born|you were born|raised in|where you met|you met|' +
      'sports team|middle school|college did you|school did you|for verification|security check|for validation|' +
      'security purposes|maiden|mascot|nickname|' +
      'grew up|born in|grandmother|grandfather|godmother|godfather|best friend|oldest child|oldest cousin|roommate|' +
      "wedding|dream car|first pet|first teacher|grade teacher|teacher's name|pet's name|your dog|your cat|your pet|" +
      'first album|first movie|first house|first phone|first computer|log in with|sign in with|log on with|' +
      'use to log in|use to sign in|use to get in|type to log in|type to get in|login credentials|your credentials|' +
      'your login|the phrase|your phrase|the word|your word|special word|special phrase|verbal word|' +
      'verbal phrase|voice phrase|pet name|met your|hometown|home town',
    'weak',
  ],
  ['BANK_ACCOUNT_NUMBER', 'and account|so the account is|account ending|bottom of the check'],
  [
    'CREDIT_CARD_EXPIRY',
    'month and year it|month and year|runs out|valid to|good until|good til|good till|expires on|expiration month|exp month',
  ],
  ['BANK_ROUTING', 'nine digits at the bottom|bottom left of the check|numbers along the bottom'],
  ['DRIVER_ID', 'number at the top|on your license|on the license|on my license'],
  [
    'NAME',
    "patient's name|patient name|passenger's name|passenger name|passenger's full name|guest name|caller's name|" +
      "husband's name|wife's name|son's name|daughter's name|name on file|name for the reservation|name's",
  ],
];
