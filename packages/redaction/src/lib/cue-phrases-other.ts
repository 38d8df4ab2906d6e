import type { CueLabel } from './cue-phrases.ts';

/** Data: extend here. What shortens a value, what only looks like a cue, and numbers of no interest. */
export const OTHER_CUES: readonly (readonly [CueLabel, string, 'weak'?])[] = [
  [
    'last-four',
    'last four|last 4|last four digits|last 4 digits|last four numbers|last 4 numbers|final four|final four digits|ending in|' +
      'ends in|ending with|ends with|end in|end with|ending|last digits|ended in|first four|first 4|first six|first 6|starting|starts with|begins with|starting with',
  ],
  [
    'none',
    'social media|social worker|social workers|social services|social network|social networks|social distancing|social event|' +
      'social life|social club|social skills|social gathering|social anxiety|pin point|pin board|pin down|safety pin|bowling pin|pin drop|' +
      'dress code|source code|code of conduct|birth certificate|credit card company|card reader|card company|email me|' +
      'phone case|phone plan|phone bill|card game|business card|sim card|phone line|address book|card table|birthday party|birthday gift|' +
      'birthday present|birthday card|access code of conduct|over the phone|on the phone|by phone|phone call|phone calls|phone app|payment plan',
  ],
  [
    'other',
    'order|orders|order number|order code|order id|confirmation|confirmation number|confirmation code|confirmation id|reference|reference number|' +
      'reference code|reference id|ref number|tracking|tracking number|tracking code|tracking id|ticket|ticket number|ticket id|case number|case|case id|claim|claim number|' +
      'invoice|invoice number|flight|flight number|extension|ext|model|model number|serial|serial number|part number|item number|product code|product number|' +
      'item code|sku|upc|bar code|barcode|room|room number|suite|apartment|apt|apartment number|gate|gate number|seat|row|booking|booking code|' +
      'booking reference|booking number|reservation|reservation number|reservation code|account|policy number|policy|member number|' +
      'membership|membership number|member id|customer number|customer id|employee|employee id|employee number|agent id|agent number|imei|version|price|' +
      'total|balance|cost|costs|amount|charged|charge|paid|pay|owe|owed|refund|fee|bill|date|promo code|promotion code|promotional code|discount code|offer code|coupon code|coupon|voucher|voucher code|gift code|' +
      'area code|country code|dial code|error code|error|source code number|channel|highway|interstate|route|store number|store|badge|badge number|year|page|' +
      'chapter|level|grade|size|unit|building|floor|bus|train|exit|lane|mile marker|step|option|press|line|bay|aisle|warehouse|department|station|' +
      'number of|serial no|lot number|batch|batch number|purchase order|p o number|po number|po box|p o box|work order|work order number|quote|quote number|quote id|' +
      'check number|check no|check|reading|display|fault code|status code|combination lock number|renewal|points|incident number|incident|transaction id|transaction number|transaction|transaction code|authorization number|approval code|authorization code|shipment|shipment number|package|device|device id|' +
      'meter number|meter reading|odometer|mileage|vin|license plate|plate number|iphone|windows|galaxy|pixel|speed|score|survey|ref|group number|plan number|' +
      'prescription number|prescription|rx number|rx|isbn|locator|record locator|itinerary|queue|position|percent|interest rate|rate|temperature|weight|height|' +
      'population|attempt|attempts|serving size|dimensions|resolution|password reset code|ticket code|style number|stock number|vehicle number|unit number|terminal|zone|region code|fare code|tariff|article|section|form|schedule|code name',
  ],
];
