import type { EntityName } from './entities.ts';

/** Data: extend here. */
export const ENTITY_CUES: readonly (readonly [EntityName, string, 'weak'?])[] = [
  [
    'PIN',
    "pin|pins|pin's|pen number|pin numbers|p i n|pin number|pin code|passcode|pass code|passcodes|personal identification number|" +
      'verification code|authentication code|authenticator code|security pin|atm pin|telephone pin|phone pin|' +
      'one time code|one time passcode|one time pin|one time password|one time security code|1 time code|single use code|' +
      'temporary code|temporary pin|temporary passcode|access code|login code|sign in code|log in code|unlock code|door code|' +
      'gate code|alarm code|two factor code|2 factor code|two step code|text code|sms code|activation code|' +
      'six digit code|6 digit code|four digit code|4 digit code|five digit code|5 digit code|eight digit code|8 digit code|' +
      'four digit pin|4 digit pin|six digit pin|6 digit pin|four digit number|4 digit number|six digit number|6 digit number|' +
      'four digit passcode|4 digit passcode|six digit passcode|6 digit passcode|seven digit code|7 digit code|' +
      'the code|your code|that code|my code|this code|new code|otp|o t p|keypad code|voicemail code|' +
      'personal code|personal number|customer code|banking code|phone code|telephone code|key code|keycode|lock code|screen lock|' +
      'voicemail pin|mailbox code|device code|token|security token|puk code|puk|sim code|the digits|those digits|your digits|digits you|' +
      'numbers you|number you set up|number you picked|number you chose|number you use|number you used|entry code|entry number|passkey|pass key|pass number|' +
      'punch in|punched in|key in|keyed in|type in|typed in|i typed|i entered|numeric password|security pin number|' +
      'code that came|code came|code came through|code you got|code you received|code you see|code you set|code i got|code i received|code says|' +
      'app sent me|text sent me|texted me|phone says|combination|combo|keypad|unlock it|number you enter|numbers you enter|number you type|numbers you type|cash machine|keypad number|telephone banking number|secure key|what does the text say|what did the text say|text say|message say|app say|app says|app show|app shows|in the text|in the message|identification code|four digits|4 digits|five digits|5 digits|six digits|6 digits|eight digits|8 digits|four numbers|4 numbers|six numbers|6 numbers|secret number|secret code|digits of your pin|digits of your passcode',
  ],
  [
    'CVV',
    'cvv|cvc|cvv 2|cvc 2|cvv two|c v v|c v c|c v v two|cv v|c vv|c vc|cvv number|cvc number|cbb|cvb|cbv|csc|c s c|cid number|' +
      'security code|security codes|card security code|security number|security digits|card verification|' +
      'card verification value|card verification code|card verification number|verification number|verification digits|little numbers|little digits|small numbers|small digits|where you sign|card code|verification value|' +
      'digits on the back|digit on the back|number on the back|numbers on the back|code on the back|digits from the back|' +
      'number from the back|numbers from the back|digits on back|number on back|numbers on back|code on back|' +
      'digits off the back|numbers off the back|number off the back|three on the back|3 on the back|four on the front|' +
      'code from the back|code on the reverse|digits on the reverse|number on the reverse|signature strip|' +
      'digits on the back of your card|digits on the back of the card|signature panel|digits by the signature|' +
      'three digits|3 digits|three numbers|3 numbers|last three|last 3|last three digits|last 3 digits|' +
      'three digit code|3 digit code|three digit number|3 digit number|three digit security code|3 digit security code|' +
      'four digit security code|4 digit security code|four digits on the front|4 digits on the front|code on the front|' +
      'four digit code on the front|4 digit code on the front|three digit|3 digit|little number on the back|back of the card|' +
      'back of your card|back of my card',
  ],
  ['CVV', 'security', 'weak'],
  [
    'SSN',
    "ssn|s s n|ss n|social|social's|socials|social security|social security number|social security card|soc|" +
      'social insurance number|social number|tax id|tax id number|tax i d|tax i d number|taxpayer id|taxpayer i d|' +
      'taxpayer id number|taxpayer identification|taxpayer identification number|tax identification number|itin|i t i n|' +
      'last four of your social|last four of my social|last 4 of your social|last 4 of my social|' +
      'last four of the social|last 4 of the social|last four social|last 4 social|' +
      'last four digits of your social|last four digits of my social|last 4 digits of your social|last 4 digits of my social|' +
      'last four digits of your social security number|last 4 digits of your social security number|nine digit social',
  ],
  [
    'CREDIT_CARD_NUMBER',
    'card number|card numbers|card no|card digits|card #|my card number|your card number|the card number|new card number|visa card number|' +
      "card's number|credit card number|credit card numbers|debit card number|debit card numbers|debit number|" +
      'number on the card|numbers on the card|digits on the card|digits on your card|digits of your card|digits of the card|' +
      'number on your card|numbers on your card|number on my card|number of the card|number of your card|number of my card|' +
      'number on the front|numbers on the front|digits on the front|number across the front|numbers across the front|' +
      'digits across the front|front of the card|front of your card|front of my card|' +
      'sixteen digit number|16 digit number|sixteen digits|16 digits|sixteen digit card number|16 digit card number|' +
      'sixteen digit|16 digit|fifteen digit|15 digit|fifteen digits|15 digits|sixteen numbers|16 numbers|' +
      'long number|long card number|visa number|mastercard number|master card number|' +
      'amex number|discover number|american express number|full card number|whole card number|account number on the card|primary account number|' +
      'rest of the card|rest of your card|rest of the number|rest of the digits|remaining digits|first four digits of the card|' +
      'payment card number|gift card number|card on file ending|card ending|card ends|visa ending|mastercard ending|amex ending|' +
      'credit card is|debit card is|card is|visa is|mastercard is|amex is',
  ],
  [
    'CREDIT_CARD_NUMBER',
    'credit card|credit cards|debit card|card details|card information|card info|visa|mastercard|master card|amex|' +
      'american express|discover card|my card|your card|the card|new card|payment method|payment information|payment details|' +
      'a card|another card|that card|this card|bank card|different card|other card|payment',
    'weak',
  ],
  [
    'PASSWORD',
    "password|passwords|password's|pass word|passphrase|pass phrase|pass phrases|passwort|verbal password|phone password|" +
      'secret word|secret phrase|security word|security phrase|safe word|code word|codeword|memorable word|memorable phrase|' +
      "maiden name|mother's maiden name|mothers maiden name|secret answer|security answer|answer to your security question|" +
      'answer to the security question|answer to my security question|account password|wifi password|wi fi password|' +
      'verification word|passcode word|login word|my pass|the pass|and pass|login pass|wifi pass|favorite teacher|favourite teacher|' +
      "favorite teacher's name|favorite color|favourite colour|favorite movie|favorite food|favorite book|best friend's name|first car|" +
      'first school|elementary school|school mascot|city you were born in|town you were born in|street you grew up on|memorable place|' +
      "memorable name|pet's name|pets name|name of your first pet|name of your pet|father's middle name|grandmother's name|" +
      'wifi key|wi fi key|network key|login password|what do you type|what did you type|what you type|characters at least|characters long|at least eight characters|at least 8 characters|keyword on the account|your keyword|first pet|childhood pet|security question answer',
  ],
  [
    'EMAIL',
    'email|e mail|emails|email address|e mail address|email addresses|mail address|my email|your email|gmail address',
  ],
  [
    'PHONE_NUMBER',
    'phone|phone number|phone numbers|telephone|telephone number|mobile|mobile number|cell|cell phone|cell number|cellphone|' +
      'cell phone number|contact number|callback number|call back number|best number|number to reach|reach me at|' +
      'call me at|call me back at|call me on|call us at|call back at|text me at|home number|work number|landline|fax|' +
      'fax number|daytime number|number to call|number is best|good number|number i can reach|number we can reach|ten digit|10 digit',
  ],
  [
    'DOB',
    "dob|d o b|date of birth|dates of birth|birth date|birthdate|birthday|birthday's|birth|born|born on|day you were born|month and year of birth",
  ],
  [
    'BANK_ROUTING',
    'routing|routing number|routing numbers|aba number|a b a number|aba routing number|bank routing|bank routing number|transit number|sort code',
  ],
  [
    'BANK_ACCOUNT_NUMBER',
    'bank account|bank account number|checking account|checking account number|savings account|savings account number|' +
      'account number|account numbers|and the account|then the account is|account no|acct number|acct|checking|savings|iban|i b a n|direct deposit account',
  ],
  [
    'CREDIT_CARD_EXPIRY',
    'expiration|expiration date|expiration dates|expires|expire|expiry|expiry date|exp date|exp|valid through|valid thru|good through|good thru|valid until|expiring',
  ],
  [
    'DRIVER_ID',
    "driver's license|drivers license|driver license|driving licence|driver's licence|drivers licence|license number|licence number|" +
      "driver's license number|drivers license number|driver license number|driver id|state id|state id number|d l number|dl number",
  ],
  ['PASSPORT_NUMBER', 'passport|passport number|passport no|passport id'],
  [
    'ZIP',
    'zip|zip code|zip codes|zipcode|postcode|post code|postal code|billing zip|billing zip code|five digit zip|5 digit zip',
  ],
  [
    'ADDRESS',
    'address|street address|billing address|home address|mailing address|shipping address|current address|i live at|i live on|live at|address on file|delivery address',
  ],
  [
    'NAME',
    'what name|the name|name please|which name|my name|your name|full name|first name|last name|first and last name|name on the account|name on the card|legal name|who am i speaking with|who am i speaking to|' +
      'name as printed|name printed|cardholder name|name as it appears|surname|family name|given name|middle name|whom am i speaking|account holder|my name is|name is',
  ],
];
