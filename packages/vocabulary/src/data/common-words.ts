/**
 * Base forms of words that ordinary calls are made of; their endings are dealt with in `lib/is-common.ts`. A window of
 * nothing but these is never taken for a misheard name.
 */
const LIST = `
am is are been being aint isnt arent wasnt werent im ive id ill youre theyre weve theyve
a i an the and or but nor so yet if then else than that this these those there here where when why how what which who
whom whose while because since until unless although though whether as at by for from in into of off on onto out over to
too up upon with within without about above across after again against ago ahead all almost alone along already also
always among amount another any anybody anyhow anymore anyone anything anyway anywhere apart around aside away back be
became become been before began begin behind being below beneath beside between beyond both bring brought came can cannot
cant come could did do does done dont down during each either enough even ever every everybody everyone everything
everywhere except far few first former forth forward fully further gave get give given go goes going gone got gotten had
half has have he hello her hers herself hi hey him himself his hence however i'm instead is it its itself just keep kept
last later latter least less lest let like likely little long lot many may maybe me mean meant meanwhile might mine more
moreover most mostly much must my myself near nearly need neither never nevertheless next no nobody none nonetheless
nope noone not nothing now nowhere often oh okay ok once one only other ought our ours ourselves own past per perhaps
please plus put quite rather really said same saw say see seem seen several shall she should simply some somebody somehow
someone something sometime sometimes somewhere soon still such sure take taken tell tends their theirs them themselves
thereby therefore they thing think thought through throughout thru thus till together told took toward towards under
unlike us use used useful usually versus very via want was way we well went were whatever whenever wherever whichever
whoever whole will wont would yeah yep yes you your yours yourself yourselves uh um hmm mm huh ah aha wow oops ugh bye
goodbye ma'am madam sir miss mister mrs mr ms dr doctor
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion double triple
first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth twentieth thirtieth dozen couple pair
single half quarter percent point dash dot slash hash star pound digit number numeral figure plus minus
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today tonight tomorrow yesterday morning afternoon evening night noon midnight day week
weekend month year decade century hour minute moment second time date calendar holiday birthday christmas easter spring
summer fall autumn winter season early late later daily weekly monthly yearly annual hourly recent current former
ability able absolute accept access accident accommodate accord account accountant accurate achieve acknowledge act
action active actual add addition address adjust administration admit adult advance advantage advice advise affect afford
afraid age agency agent agree agreement air airline airport alarm album alert allow alternate alternative amaze ambulance
american amount ample analyst angry animal announce annoy answer anticipate anxious apartment apologize apology app
apparent appeal appear apple applicable application apply appoint appointment appreciate approach appropriate approve
approval area argue argument arm arrange arrive arrival art article ask asleep asset assign assist assistance assistant
associate association assume assure atm attach attachment attack attempt attend attention attitude attorney audio
authority authorize auto automatic available avenue average avoid await awake award aware awesome awful baby background
bad badge bag balance ball bank bankrupt bar bargain base basement basic basis basket bath bathroom battery beach bear
beat beautiful bed bedroom beer behalf behave belief believe belong belt benefit best bet better big bike bill bird birth
bit bite black blame blank bless block blood blow blue board boat body boil bonus book boot border bore borrow boss bother
bottle bottom bought bounce bound box boy brain branch brand brave bread break breakdown breakfast breath breathe bridge
brief bright broad broadcast broke broken broker brother brown browse browser bucket budget bug build building built
bulk bunch bundle burden burn bus bush business busy button buy buyer cabinet cable cafe cake calculate call caller calm
camera camp campaign cancel cancer candidate capable capacity capital captain car card care career careful carrier carry
cart case cash cashier cat catch category caught cause caution cell cellular cent center centre central certain
certificate chain chair challenge champion chance change channel chapter character charge charity chart chat cheap check
checking cheese chest chicken chief child children chip choice choose chose chosen church circle circumstance city civil
claim clarify class classic clean clear clerk clever click client climb clinic clip clock close closet cloth clothes
cloud club clue coach coat code coffee coin cold collect collection college color colour column combine comfort
comfortable command comment commerce commercial commission commit committee common communicate communication community
company compare compatible compensate competition complain complaint complete complex complicate comply component
computer concept concern conclude condition conduct conference confidence confident confidential confirm confirmation
conflict confuse confusion congratulations connect connection consent consequence consider consist console constant
construction consult consultant consumer contact contain content contest context continue contract contractor contrast
contribute control convenience convenient conversation convert convince cook cookie cool cooperate cope copay copy core
corner corporate correct correction correspond cost cough council count counter country county coupon courage course
court courtesy cousin cover coverage crash crazy cream create credit crew crime crisis critical cross crowd cry culture
cup cure curious currency current curve custom customer cut cycle dad damage damn dance danger dark data database daughter
dead deal dealer dear death debate debit debt decent decide decision deck declare decline decrease deduct deductible deep
default defect defend define definite degree delay delete deliver delivery demand dentist deny department depend deposit
depth describe description deserve design desk desktop despite destination destroy detail detect determine develop
device diagnose dial dialog diet differ difference different difficult difficulty dig digital dinner direct direction
director dirty disability disabled disagree disappear disappoint disclose disconnect discount discover discuss discussion
disease dish disk dispatch display dispute distance district disturb divide division divorce document dog dollar
domestic door double doubt download draft drag draw drawer dream dress drink drive driver drop drove drug dry due dump
duplicate duration dust duty ear earn ease easy east eat economy edge edit education effect effective efficient effort egg
elderly elect electric electrical electrician electricity electronic element elevator eligible eliminate email embarrass
emergency emotion emphasis employ employee employer employment empty enable encounter encourage end enemy energy engage
engine engineer english enjoy enroll ensure enter entertainment entire entitle entrance entry envelope environment equal
equipment equity error escalate especially essential establish estate estimate etc eve event eventual evidence exact exam
examine example exceed excellent exception exchange excite exclude excuse executive exercise exist exit expand expect
expense expensive experience expert expire expiration explain explanation explore expose express extend extension extent
exterior external extra extreme eye face facility fact factor factory fail failure fair faith fall false familiar family
famous fan fancy fantastic fare farm fashion fast father fault favor favorite fax fear feature federal fee feed feedback
feel feet fell fellow felt female fence fiber field fight figure file fill film filter final finance financial find fine
finger finish fire firm fish fit fix flag flash flat flexible flight flip float flood floor flow flower fly focus folder
folk follow food foot football force foreign forever forget forgive forgot form formal format fortunate forum found
foundation frame fraud free freedom freeze frequency frequent fresh friend friendly front frozen fruit frustrate fuel full
fun function fund funeral funny furnace furniture fuse future gain game gap garage garbage garden gas gate gather gear
gender general generate generation generous gentle gentleman genuine gift girl glad glass global goal god gold golden
good goods google government grab grace grade graduate grand grandmother grandfather grant grass grateful gray great green
greet grew grey grocery gross ground group grow growth guarantee guard guess guest guide guilty guy gym habit hair hall
hand handle hang happen happy hard hardware harm hassle hat hate head headphone headset health healthy hear heard heart
heat heater heavy held help hesitate hide high highway hire history hit hobby hold hole home honest honey honor hook hope
horrible horse hospital host hot hotel house household housing hub huge human humor humour hungry hurry hurt husband ice
idea ideal identical identification identify identity ignore ill image imagine immediate impact implement imply import
important impossible impress improve inch incident include income incoming inconvenience incorrect increase incredible
incur independent index indicate individual industry infant infection influence inform information ingredient initial
initiate injury inner input inquire inquiry inside insist inspect inspection inspector install installation installment
instance instant institution instruct instruction insufficient insurance insure intend intent interest interior internal
international internet interrupt interview introduce invalid inventory invest investigate investigation investment invite
invoice involve iron island issue item jacket jail job join joint joke journey joy judge juice jump junior jury keen key
keyboard keypad kick kid kill kind kitchen knee knew knife knock know knowledge known lab label labor lack lady laid lake
lamp land landlord lane language laptop large laser laugh launch law lawn lawyer lay layer lead leader leak learn lease
leave led left leg legal legitimate lend length lesson letter level liability liable library license licence lie life lift
light limit line link lip liquid list listen live load loan lobby local locate location lock log login logo lonely look
loop loose lord lose loss lost loud love lovely low lower loyal loyalty luck lucky luggage lunch machine mad magazine
magic mail mailbox main maintain maintenance major make male mall man manage management manager manner manual
manufacturer map mark market marriage married marry master match material matter mattress max maximum meal measure meat
media medical medicare medicaid medication medicine medium meet member membership memory men mental mention menu merchant
mess message met metal meter method middle mile military milk mind minor minute mirror miscellaneous mistake mix mobile
mode model modem moderate modern modify mom money monitor mood moon mortgage mother motion motor mountain mouse mouth move
movie multiple multiply muscle museum music musical mute mutual name narrow nation national native natural nature neat
necessary neck negative neighbor neighborhood nerve nervous net network neutral new news nice noise noisy normal north nose
note notebook notice notification notify novel nowadays nurse object objective obligation observe obtain obvious occasion
occupation occur ocean odd offer office officer official offline oil old older online open opening operate operation
operator opinion opportunity oppose opposite opt optical option optional order ordinary organization organize original
outage outlet outside outstanding oven overall overdraft overdue overnight owe owner oxygen pace pack package packet page
paid pain paint pair paper paperwork parcel pardon parent park part partial participate particular partner party pass
passage passenger passport password path patience patient pattern pause pay payment paycheck payroll peace peak pen
penalty pencil pending pension people perfect perform performance period permanent permission permit person personal
personally pet pharmacy pharmacist phase phone photo phrase physical physician pick picture piece pin pipe pitch place
plain plan plane planet plant plastic plate platform play player pleasant pleasure plenty plug plumber plumbing pocket
poem poet police policy polite political pool poor pop popular population porch port portal portion position positive
possess possible possibility post postage postal potential pound pour power practical practice pray precise predict prefer
preference pregnant premium prepare prepaid prescription present presentation preserve president press pressure pretend
pretty prevent preview previous price pride primary prime principal principle print printer prior priority prison privacy
private privilege prize problem procedure proceed process processor produce product production profession professional
professor profile profit program progress project promise promo promote promotion prompt proof proper property proposal
propose protect protection protocol proud prove provide provider province provision public publish pull pump purchase pure
purple purpose purse pursue push qualify quality quantity question queue quick quiet quit quota quote race rack radio rain
raise random range rapid rare rate ratio raw reach react read ready real realize reason reasonable reassure reboot rebate
recall receipt receive receiver recent reception recognize recommend record recording recover recovery recruit rectify
recycle red redeem reduce reduction refer reference referral refill reflect refrigerator refund refuse regard regarding
region register registration regret regular regulation reimburse reimbursement reinstate reject relate relation
relationship relative relax release relevant reliable relief relieve religious rely remain remember remind reminder remote
remove renew renewal rent rental repair repeat replace replacement reply report represent representative reputation
request require requirement reschedule research reservation reserve reset residence resident residential resolution
resolve resort resource respect respond response responsible responsibility rest restaurant restore restrict restriction
result resume retail retain retire retirement retrieve return reveal revenue reverse review revise reward rich rid ride
right ring ringing risk river road rock role roll roof room root rotate rough round route router row royal rude ruin rule
run rural rush sad safe safety salary sale sales salt sample sat satellite satisfaction satisfy save saving savings scale
scam scan scared scene schedule scheme school science scope score scratch scream screen screw script search seat secret
secretary section sector secure security seek select selection self sell seller send senior sense sensitive sent sentence
separate sequence series serious serve server service session set settle settlement setup severe sex shade shadow shake
shape share sharp sheet shelf shell shelter shift shine ship shipment shirt shock shoe shoot shop short shot shoulder shout
show shower shut shuttle sick side sight sign signal signature silence silent silly silver similar simple sing sink sister
sit site situation size skill skin skip sky slam sleep slept slide slight slip slot slow small smart smell smile smoke
smooth snack snap snow soap soccer social society sofa soft software soil solar sold soldier sole solid solution solve
son song sorry sort soul sound soup source south space spare speak speaker special specialist specific speech speed spell
spend spent spirit split spoke spoken sponsor sport spot spouse spread square staff stage stair stamp stand standard stare
start state statement station status stay steady steal steel step stick stock stolen stomach stone stood stop storage
store storm story straight strange stranger stream street strength stress stretch strict strike string strip strong
structure struggle stuck student studio study stuff stupid style subject submit subscribe subscriber subscription substance
substitute success successful suck sudden suffer sufficient sugar suggest suggestion suit suite sum super superior
supervisor supplier supply support suppose surcharge surface surgery surprise surround survey survive suspect suspend
suspicious sweet swim swipe switch symptom system tab table tablet tag tail talk tall tank tap tape target task taste tax
taxi tea teach teacher team tear tech technical technician technique technology teenager teeth telephone television
temperature template temporary tenant tend term terminal terminate termination terrible terrific test text textbook thank
thanks theater theft theme theory therapist therapy thermostat thick thin thirsty thorough thread threat threw throat
throw ticket tie tight tip tire tired title toast toilet token toll ton tone tongue tool tooth top topic total touch tough
tour tourist towel tower town toy track trade traffic train trainer transaction transcript transfer transit transition
translate transmit transport transportation trash travel treat treatment tree tremendous trial trick trigger trip trouble
truck true truly trunk trust truth try tub tube tune turn tutor tv twice twin twist type typical ultimate unable
unauthorized uncle understand understood unfortunate uniform union unique unit universal university unknown unlimited
unlock update upgrade upload upper upset upstairs urgent usage user usual utility vacation valid validate valley value van
variety various vary vegetable vehicle vendor venue verbal verify verification version veteran vice victim video view
village violate virtual virus visible visit visitor vital voice voicemail void volume volunteer vote voucher wage wait
wake walk wall wallet warehouse warm warn warning warranty wash waste watch water wave weak wealth wear weather web
website wedding weekday weigh weight weird welcome west wet wheel white wide wife wifi wild willing win wind window wine
wing winner wipe wire wireless wise wish withdraw withdrawal withhold witness woman women won wonder wonderful wood wooden
word wore work worker world worry worse worst worth wound wrap write writer written wrong wrote yard yellow young youth
zip zone spectrum charm cast kickback cookbook roach prompt abroad accessory accidental acre adapter admin affair algebra allergy allergic ankle anniversary antibiotic
antenna appliance appraisal aspirin assess auction aunt backup backyard bacon bake banana beard bedtime beige belly
beneficiary bid biscuit blanket blend blind blister bloom bomb bone boost bow bowl brake breast breeze brick bruise brush
bubble buffer bulb bull bumper butter cab cabin calcium campus candle candy carpet carton cedar ceiling cement ceremony
champagne chase cheek cheer chemical cherry chill chimney chocolate cigarette cinema citizen clay cleaner clutch coal coast
collar collision condo copper cord corn cottage cotton couch cow crack craft crane crawl crib crop crown cruise crush
curb cursor curtain cushion dairy debris deer delight denial deposit dew diabetes diamond diesel diploma dirt disc ditch
dock donate donation donor drain drill dryer duck dude dwell eagle echo eighth elbow ethernet evict exam fabric faint
fairy fallen farewell farmer faucet feather fever fiction filing firewall fist flame flavor fleet flesh flour flu fluid
foam fog fold forest fork fortune fountain fox fracture fragile freezer fridge frog frost gallery gallon gang gasoline
gauge gene genius ghost giant glance glove glue goat golf gown grain grape grave gravel gravity grill grip guitar gum
gun gutter hail hammer handset harbor hardly hay headache hell helmet hero hike hill hint hip hire hockey hood horn
hose humble humid hunt hurricane ink insect insulin jar jaw jeans jelly jet jewelry kettle kidney king kiss knot ladder
lamb landline laundry leaf leather lemon lettuce lid lime linen lion liver lizard loft lounge lump lung maid mango
marble mask mate math maze mean mechanic mechanical melt mercy midday mill mint missing mode moist monkey mosquito motel
moth mud mug nail nap needle nephew niece nest noodle nut oak onion orange organ outfit owl pad palm pan pants parade
parlor pasta paste patio paw pea peach pear peel pepper pest piano pie pig pigeon pill pillow pilot pine pink pint pizza
pole polish pond pony porridge pot potato powder prank prince princess prompter pulse pupil puppy puzzle queen rabbit rail
rainbow ranch rat razor relay remedy resume rib ribbon rice rifle rip robot rod rope rose rug sack saddle sail salad
salmon salon sand sandwich sauce sausage scarf scissors scooter seal sedan seed shampoo shark shed sheep shore shovel
shrimp siding silk sim singer sketch ski skirt skull slab sleeve slice slope snake sneeze sock soda sore spa spark spice
spider spin spine splash spoon spray stain stake stamp starve steak steam stem sticker stitch stool stove straw
strawberry stroke suburb suitcase sunset surf swallow swamp swear sweat sweep swing sword syrup tail tan teen tent thief
thigh thumb thunder tide tile timber tin toe tomato tornado torch tractor trailer tray trench trim trophy tunnel turkey
turtle umbrella unload upside urine vaccine vacuum valve vase veil vein vest violin wagon waist waiter wardrobe weapon
weed wheat whisper whistle widow wig wilderness wit wolf wool workshop worm wrist yacht yarn yoga yogurt zebra zoo
router modem wifi antivirus bluetooth charger broadband bandwidth username userid inbox spam captcha firmware reboot
prorate proration autopay escrow lien underwriter underwriting subrogation adjuster dependent copayment premium formulary
refinance annuity beneficiary payee payer payor teller
alex amanda amy andrea andrew angela anna anne anthony ashley barbara ben benjamin betty bob brandon brenda brian carl carol
caroline catherine charles cheryl chris christina christine christopher cindy craig cynthia dan daniel dave david deborah
debra dennis diana diane don donald donna dorothy doug douglas ed edward elizabeth emily emma eric erica evan frank fred
gary george gloria grace greg gregory harold heather helen henry jack jacob james jamie jane janet jason jean jeff
jeffrey jennifer jenny jeremy jerry jesse jessica jim joan joe john jon jonathan jordan jose joseph joshua joyce juan
judith judy julia julie justin karen kate katherine kathleen kathy katie keith kelly ken kenneth kevin kim kimberly kyle
larry laura lauren lee linda lisa lori louis luke margaret maria marie mark martha martin mary matt matthew megan melissa
michael michelle mike nancy natalie nathan nicholas nick nicole olivia pamela pat patricia patrick paul peggy peter phil
philip phillip rachel ralph ray raymond rebecca richard rick robert robin roger ron ronald rose roy russell ruth ryan sam
samantha samuel sandra sara sarah scott sean shannon sharon sheila shirley sophia stephanie stephen steve steven sue susan
teresa terry theresa thomas tim timothy tina todd tom tony tracy tyler vanessa victoria vincent virginia walter wayne wendy
william zach zachary
probable behavior author merge configuration configure parameter minimum minimize definition combination summary
traditional creation comparison elsewhere attribute credential legacy symbol activate activation automated dedicated ad
ownership modification translation optimize explicit execute introduction invoke trace extract graphics icon layout
shutdown suffix prefix minimal significant simplify sub mount buck subsequent alter ancient kit consistent capture
interactive administrator patent robust subtle vulnerability evaluate removal batch sum multi export dictionary fingerprint
origin continuous comprehensive extensive indeed proxy snapshot fake bind kernel module domain static compiled poll
participant keyword attach dummy trivial parallel font width array icon realm exclusion baseline synthetic revert timezone
tutorial specification toolkit greetings hopeful accomplish advertise guideline simultaneous tricky trickier
hindi arabic korean japanese vietnamese russian portuguese mandarin cantonese tagalog punjabi urdu greek turkish hebrew
payload america texas california florida york boston chicago dallas denver houston miami atlanta seattle phoenix portland london
england europe mexico canada paris spanish french german english italian chinese
alpha beta gamma delta sigma omega bravo charlie foxtrot india juliet kilo lima oscar papa quebec romeo sierra tango victor
whiskey yankee zulu xray
gonna wanna gotta kinda sorta lemme gimme dunno ain y'all alright
felt held kept knew led left lost made meant met paid ran sang sat sent shook slept stood stole swam taught thought threw
understood woke wore began bent bit blew broke bred chose clung crept dealt dug drew drank drove fed fled flew forgave froze
grew hung hid laid lent lit rode rang rose shone shot shrank spun sprang stuck stung struck swore swept swung tore wept
wound wrote eaten driven gotten ridden risen shaken shown sunk sworn thrown torn worn woken
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(
  LIST.replaceAll("'", '').split(/\s+/).filter(Boolean),
);
