/** Codes of countries and names of states, and other words people write for them. */

/** Two letters and three letters (ISO 3166-1), in pairs. */
const PAIRS =
  'AD AND AE ARE AF AFG AG ATG AI AIA AL ALB AM ARM AO AGO AR ARG AS ASM AT AUT AU AUS AW ABW AX ALA AZ AZE BA BIH ' +
  'BB BRB BD BGD BE BEL BF BFA BG BGR BH BHR BI BDI BJ BEN BL BLM BM BMU BN BRN BO BOL BQ BES BR BRA BS BHS BT BTN ' +
  'BW BWA BY BLR BZ BLZ CA CAN CC CCK CD COD CF CAF CG COG CH CHE CI CIV CK COK CL CHL CM CMR CN CHN CO COL CR CRI ' +
  'CU CUB CV CPV CW CUW CX CXR CY CYP CZ CZE DE DEU DJ DJI DK DNK DM DMA DO DOM DZ DZA EC ECU EE EST EG EGY EH ESH ' +
  'ER ERI ES ESP ET ETH FI FIN FJ FJI FK FLK FM FSM FO FRO FR FRA GA GAB GB GBR GD GRD GE GEO GF GUF GG GGY GH GHA ' +
  'GI GIB GL GRL GM GMB GN GIN GP GLP GQ GNQ GR GRC GS SGS GT GTM GU GUM GW GNB GY GUY HK HKG HM HMD HN HND HR HRV ' +
  'HT HTI HU HUN ID IDN IE IRL IL ISR IM IMN IN IND IO IOT IQ IRQ IR IRN IS ISL IT ITA JE JEY JM JAM JO JOR JP JPN ' +
  'KE KEN KG KGZ KH KHM KI KIR KM COM KN KNA KP PRK KR KOR KW KWT KY CYM KZ KAZ LA LAO LB LBN LC LCA LI LIE LK LKA ' +
  'LR LBR LS LSO LT LTU LU LUX LV LVA LY LBY MA MAR MC MCO MD MDA ME MNE MF MAF MG MDG MH MHL MK MKD ML MLI MM MMR ' +
  'MN MNG MO MAC MP MNP MQ MTQ MR MRT MS MSR MT MLT MU MUS MV MDV MW MWI MX MEX MY MYS MZ MOZ NA NAM NC NCL NE NER ' +
  'NF NFK NG NGA NI NIC NL NLD NO NOR NP NPL NR NRU NU NIU NZ NZL OM OMN PA PAN PE PER PF PYF PG PNG PH PHL PK PAK ' +
  'PL POL PM SPM PN PCN PR PRI PS PSE PT PRT PW PLW PY PRY QA QAT RE REU RO ROU RS SRB RU RUS RW RWA SA SAU SB SLB ' +
  'SC SYC SD SDN SE SWE SG SGP SH SHN SI SVN SJ SJM SK SVK SL SLE SM SMR SN SEN SO SOM SR SUR SS SSD ST STP SV SLV ' +
  'SX SXM SY SYR SZ SWZ TC TCA TD TCD TF ATF TG TGO TH THA TJ TJK TK TKL TL TLS TM TKM TN TUN TO TON TR TUR TT TTO ' +
  'TV TUV TW TWN TZ TZA UA UKR UG UGA UM UMI US USA UY URY UZ UZB VA VAT VC VCT VE VEN VG VGB VI VIR VN VNM VU VUT ' +
  'WF WLF WS WSM XK XKX YE YEM YT MYT ZA ZAF ZM ZMB ZW ZWE AQ ATA BV BVT'

/** By two letters, the three of the same country. */
export const COUNTRY_CODES: ReadonlyMap<string, string> = new Map(
  Array.from(PAIRS.matchAll(/([A-Z]{2}) ([A-Z]{3})/g), ([, two = '', three = '']) => [two, three]),
)

/** Countries without a shape on the map: drawn with the land they belong to, too small, or left out. */
export const UNDRAWN: ReadonlySet<string> = new Set('AQ BQ BV CC CX GF GI GP MQ RE SJ TK TV UM YT'.split(' '))

/** Names that no language's list has, written as `plainWords` leaves them. */
export const COUNTRY_ALIASES: Readonly<Record<string, string>> = {
  'united states of america': 'US',
  america: 'US',
  'u s': 'US',
  'u s a': 'US',
  uk: 'GB',
  'u k': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  'united kingdom of great britain and northern ireland': 'GB',
  'republic of ireland': 'IE',
  eire: 'IE',
  holland: 'NL',
  'czech republic': 'CZ',
  'slovak republic': 'SK',
  'korea republic of': 'KR',
  'republic of korea': 'KR',
  korea: 'KR',
  'korea democratic peoples republic of': 'KP',
  'russian federation': 'RU',
  'viet nam': 'VN',
  'ivory coast': 'CI',
  turkey: 'TR',
  macedonia: 'MK',
  swaziland: 'SZ',
  burma: 'MM',
  'cape verde': 'CV',
  uae: 'AE',
  'taiwan province of china': 'TW',
  'hong kong': 'HK',
  macau: 'MO',
  macao: 'MO',
  palestine: 'PS',
  'state of palestine': 'PS',
  congo: 'CG',
  'democratic republic of congo': 'CD',
  'congo democratic republic of': 'CD',
  drc: 'CD',
  'holy see': 'VA',
  'bolivia plurinational state of': 'BO',
  'venezuela bolivarian republic of': 'VE',
  'iran islamic republic of': 'IR',
  'tanzania united republic of': 'TZ',
  'moldova republic of': 'MD',
  'syrian arab republic': 'SY',
  'lao peoples democratic republic': 'LA',
  'brunei darussalam': 'BN',
  'east timor': 'TL',
  'micronesia federated states of': 'FM',
  'peoples republic of china': 'CN',
  'federal republic of germany': 'DE',
}

/** States of the United States with their postal codes. */
export const STATES: readonly (readonly [code: string, name: string])[] = (
  'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,' +
  'DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,' +
  'KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,' +
  'MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,' +
  'NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,' +
  'SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,' +
  'WV West Virginia,WI Wisconsin,WY Wyoming'
)
  .split(',')
  .map((line) => [line.slice(0, 2), line.slice(3)])

export const STATE_ALIASES: Readonly<Record<string, string>> = {
  'washington dc': 'District of Columbia',
  'washington d c': 'District of Columbia',
  'd c': 'District of Columbia',
  'new york state': 'New York',
  'washington state': 'Washington',
}
