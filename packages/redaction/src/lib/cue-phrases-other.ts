import type { CueLabel } from './cue.ts';

/** Data: extend here. What shortens a value, what only looks like a cue, and numbers of no interest. */
export const OTHER_CUES: readonly (readonly [CueLabel, string, 'weak'?])[] = [
  [
    'last-four',
    'last four|last 4|last four digits|last 4 digits|last four numbers|last 4 numbers|final four|final four digits|ending in|' +
      'ends in|ending with|ends with|end in|end with|ending|last digits|ended in|last bit|last part|last group|last set|last chunk|last block|final bit|final part|final group|first four|first 4|first six|first 6|starting|starts with|begins with|starting with',
  ],
  [
    'none',
    'bad password|bad passwords|wrong passwords|failed passwords|incorrect passwords|invalid passwords|favorite way|favourite way|favorite channel|favorite store|first payment|first bill|first order|first visit|first time|' +
      'first call|first month|first appointment|first line|first available|first day|first year|your first question|' +
      'social media|social worker|social workers|social services|social network|social networks|social distancing|social event|' +
      'social life|social club|social skills|social gathering|social anxiety|pin point|pin board|pin down|safety pin|bowling pin|pin drop|' +
      'dress code|source code|code of conduct|birth certificate|credit card company|card reader|card company|email me|' +
      'phone case|phone plan|phone bill|card game|business card|sim card|phone line|address book|card table|birthday party|birthday gift|' +
      'birthday present|birthday card|social security check|social security checks|social security benefits|social security office|social security income|social security payment|social security disability|social security administration|access code of conduct|over the phone|on the phone|by phone|phone call|phone calls|phone app|payment plan',
  ],
  [
    'other',
    'event|event id|event number|event code|stop code|trace number|meter|meter dial|qr code|building code|color code|colour code|tax code|billing code|diagnosis code|procedure code|store code|cpt code|' +
      'icd code|airport code|job code|department code|paint code|charge code|reason code|return code|pickup code|' +
      'branch code|location code|class code|course code|vendor code|part code|trouble code|engine code|api code|' +
      'product codes|promo codes|coupon codes|discount codes|error codes|service code|language code|currency code|' +
      'swift code|dispute code|lookup code|style code|color number|rebate code|referral code|invite code|' +
      'item|items|united|delta|southwest|american|jetblue|alaska|lufthansa|ryanair|easyjet|british airways|air canada|spirit|frontier|' +
      'order|orders|order number|order code|order id|confirmation|confirmation number|confirmation code|' +
      'confirmation id|reference|reference number|reference code|reference id|ref number|tracking|' +
      'tracking number|tracking code|tracking id|ticket|ticket number|ticket id|case number|case|case id|claim|' +
      'claim number|invoice|invoice number|flight|flight number|model|model number|serial|serial number|' +
      'part number|item number|product code|product number|item code|sku|upc|bar code|barcode|room number|' +
      'booking|booking code|booking reference|booking number|reservation|reservation number|reservation code|' +
      'account|policy number|policy|member number|membership|membership number|member id|customer number|' +
      'customer id|employee|employee id|employee number|agent id|agent number|imei|promo code|promotion code|' +
      'promotional code|discount code|offer code|coupon code|coupon|voucher|voucher code|gift code|error code|' +
      'store number|badge|badge number|serial no|lot number|batch|batch number|purchase order|p o number|' +
      'po number|po box|p o box|work order|work order number|quote|quote number|quote id|check number|check no|' +
      'fault code|status code|combination lock number|incident number|incident|transaction id|' +
      'transaction number|transaction|transaction code|authorization number|approval code|authorization code|' +
      'shipment|shipment number|package|device|device id|meter number|vin|license plate|plate number|ref|' +
      'group number|plan number|prescription number|prescription|rx number|rx|isbn|locator|record locator|' +
      'itinerary|password reset code|ticket code|style number|stock number|vehicle number|unit number|' +
      'region code|fare code|tariff|code name|register|receipt|receipt number|permit|permit number|license key|' +
      'product key|docket|docket number|recall number|recall|lot|report number|police report|file number|' +
      'loan number|application number|application id|request number|request id|service number|subscriber number|' +
      'patient id|patient number|medical record|chart number|student id|campaign|catalog number|isrc|' +
      'mac address|ip address|port|port number|parcel|parcel number|manifest|bill of lading|container|' +
      'contract number|contract|agreement number|certificate number|registration number|registration|asset tag|' +
      'tag number|tag|employer id|vendor number|vendor id|dealer number|location number|site id|site number|' +
      'branch number|branch|shop number|table number|table|locker|box number|stall|parking|space number|' +
      'bus number|train number|vehicle',
  ],
  // Figures of few digits: they explain no long number.
  [
    'other',
    'square feet|square foot|square meters|group|seats|thermostat|on the clock|mph|block|coverage|cholesterol|' +
      'extension|ext|room|suite|apartment|apt|apartment number|gate|gate number|seat|row|version|price|total|' +
      'balance|cost|costs|amount|charged|charge|paid|pay|owe|owed|refund|fee|bill|date|area code|country code|' +
      'dial code|error|source code number|channel|highway|interstate|route|store|year|page|chapter|level|grade|' +
      'size|unit|building|floor|bus|train|exit|lane|mile marker|step|option|press|line|bay|aisle|warehouse|' +
      'department|station|number of|check|reading|display|renewal|points|meter reading|odometer|mileage|iphone|' +
      'windows|galaxy|pixel|speed|score|survey|queue|position|percent|interest rate|rate|temperature|weight|' +
      'height|population|attempt|attempts|serving size|dimensions|resolution|terminal|zone|article|section|form|' +
      'schedule|voltage|volts|watts|wattage|amps|pressure|psi|blood pressure|heart rate|pulse|blood sugar|' +
      'glucose|dose|dosage|milligrams|salary|income|deductible|premium|limit|credit limit|rent|deposit|' +
      'withdrawal|budget|estimate|offer|bid|square footage|acreage|calories|engine|horsepower|altitude|distance|' +
      'capacity|transfer|payment amount|minimum payment|late fee|pieces|copies|copay|discount|value|worth|' +
      'quarter|semester|course|class|lesson|episode|season|verse|age|apr|interest|setting|frequency|length|' +
      'width|depth|volume|quantity|count|savings of|deal|sale|tip|tax|taxes|subtotal|hours of|ratio|bpm|steps|' +
      'sticker price|pages|units|calendar|delivery|appointment',
    'weak',
  ],
];
