/** Two believable shops: what they sell, to whom, where, and when. All names are made up. */

export interface DemoProduct {
  name: string
  category: string
  /** Price and cost in the shop's currency. */
  price: number
  cost: number
  weight: number
}

export interface DemoProfile {
  id: 'home-goods' | 'coffee'
  name: string
  seed: number
  currency: string
  timeZone: string
  /** Hour in UTC at which the shop opens; it stays open for eleven hours, all on one local day. */
  opensAtUtc: number
  ordersPerDay: number
  /** Growth over the two years, e.g. 0.6 for 60 %. */
  growth: number
  /** Share of the yearly mean in each month. */
  season: number[]
  /** Monday to Sunday. */
  week: number[]
  /** Share of orders by somebody who bought before. */
  returning: number
  refundShare: number
  channels: { name: string; weight: number }[]
  places: { country: string; region: string; city: string; weight: number }[]
  products: DemoProduct[]
  firstNames: string[]
  lastNames: string[]
  /** Firms that buy on invoice; empty for a shop that does not. */
  firms: string[]
  plans: { name: string; monthly: number; weight: number }[]
}

const product = (name: string, category: string, price: number, cost: number, weight = 1): DemoProduct => ({
  name,
  category,
  price,
  cost,
  weight,
})
const place = (country: string, region: string, city: string, weight: number) => ({
  country,
  region,
  city,
  weight,
})
const words = (text: string): string[] => text.split(' ')

const HOME_GOODS: DemoProfile = {
  id: 'home-goods',
  name: 'Harbour & Pine',
  seed: 20_261,
  currency: 'USD',
  timeZone: 'America/New_York',
  opensAtUtc: 13,
  ordersPerDay: 8,
  growth: 0.55,
  season: [0.78, 0.8, 0.9, 0.95, 1.02, 0.96, 0.88, 0.9, 0.98, 1.06, 1.42, 1.55],
  week: [0.95, 0.9, 0.92, 0.98, 1.1, 1.2, 0.95],
  returning: 0.42,
  refundShare: 0.035,
  channels: [
    { name: 'Online store', weight: 62 },
    { name: 'Harbour Street shop', weight: 24 },
    { name: 'Marketplace', weight: 14 },
  ],
  places: [
    place('US', 'Maine', 'Portland', 22),
    place('US', 'Massachusetts', 'Boston', 20),
    place('US', 'New York', 'New York', 22),
    place('US', 'California', 'Los Angeles', 10),
    place('US', 'Texas', 'Austin', 8),
    place('US', 'Illinois', 'Chicago', 7),
    place('CA', 'Ontario', 'Toronto', 6),
    place('CA', 'Nova Scotia', 'Halifax', 3),
    place('GB', 'England', 'Bristol', 2),
  ],
  products: [
    product('Linen throw, oat', 'Textiles', 79, 31, 8),
    product('Linen throw, slate', 'Textiles', 79, 31, 6),
    product('Waffle towel set', 'Textiles', 48, 19, 10),
    product('Wool cushion', 'Textiles', 54, 22, 6),
    product('Flannel sheet set', 'Textiles', 139, 58, 4),
    product('Stoneware mug', 'Kitchen', 24, 8, 16),
    product('Stoneware bowl, large', 'Kitchen', 58, 21, 8),
    product('Olive wood board', 'Kitchen', 46, 18, 9),
    product('Enamel pitcher', 'Kitchen', 38, 14, 7),
    product('Cast iron skillet', 'Kitchen', 84, 37, 5),
    product('Beeswax candle pair', 'Candles', 22, 7, 14),
    product('Balsam candle', 'Candles', 34, 11, 15),
    product('Sea salt candle', 'Candles', 34, 11, 12),
    product('Brass candle holder', 'Candles', 42, 17, 6),
    product('Harbour table lamp', 'Lighting', 168, 74, 3),
    product('Rope pendant light', 'Lighting', 212, 96, 2),
    product('Pine shelf, short', 'Furniture', 124, 55, 3),
    product('Pine shelf, long', 'Furniture', 189, 84, 2),
    product('Oak step stool', 'Furniture', 148, 66, 2),
    product('Gift card wrap set', 'Gifts', 14, 4, 8),
    product('Tide calendar print', 'Gifts', 32, 9, 6),
    product('Picnic basket', 'Gifts', 118, 52, 2),
  ],
  firstNames: words(
    'Ava Noah Mia Liam Zoe Ethan Ivy Caleb Ruth Owen June Felix Nora Silas Hazel Miles Clara Jonah Esme Reid Tessa Hugo Lena Amos',
  ),
  lastNames: words(
    'Alder Brandt Corwin Dunmore Ellery Fenwick Garrow Hollis Ingram Jarvis Keane Lowell Merrick Nolan Osgood Prescott Quimby Rowley Sewall Thayer Upton Varney Whitcomb Yates',
  ),
  firms: ['Lighthouse Inn', 'Casco Events', 'Pier Nine Offices', 'Beacon Stays', 'Mill Street Cafe'],
  plans: [
    { name: 'Candle club', monthly: 29, weight: 3 },
    { name: 'Season box', monthly: 59, weight: 1 },
  ],
}

const COFFEE: DemoProfile = {
  id: 'coffee',
  name: 'Palarnia Złota Łódź',
  seed: 48_022,
  currency: 'PLN',
  timeZone: 'Europe/Warsaw',
  opensAtUtc: 7,
  ordersPerDay: 8,
  growth: 0.85,
  season: [1.02, 1.0, 1.02, 0.98, 0.96, 0.88, 0.8, 0.82, 1.0, 1.08, 1.16, 1.28],
  week: [1.2, 1.15, 1.1, 1.05, 1.05, 0.75, 0.7],
  returning: 0.63,
  refundShare: 0.02,
  channels: [
    { name: 'Sklep internetowy', weight: 48 },
    { name: 'Wholesale', weight: 30 },
    { name: 'Kawiarnia Piotrkowska', weight: 22 },
  ],
  places: [
    place('PL', 'Łódzkie', 'Łódź', 34),
    place('PL', 'Mazowieckie', 'Warszawa', 26),
    place('PL', 'Małopolskie', 'Kraków', 12),
    place('PL', 'Pomorskie', 'Gdańsk', 9),
    place('DE', 'Berlin', 'Berlin', 9),
    place('CZ', 'Praha', 'Praha', 6),
    place('SK', 'Bratislavský kraj', 'Bratislava', 4),
  ],
  products: [
    product('Etiopia Guji 250 g', 'Single origin', 54, 24, 12),
    product('Kolumbia Huila 250 g', 'Single origin', 49, 21, 12),
    product('Kenia Nyeri 250 g', 'Single origin', 59, 28, 8),
    product('Gwatemala Antigua 250 g', 'Single origin', 52, 23, 7),
    product('Espresso Fabryczna 1 kg', 'Espresso', 139, 62, 14),
    product('Espresso Manufaktura 1 kg', 'Espresso', 129, 57, 12),
    product('Espresso bezkofeinowe 500 g', 'Espresso', 84, 40, 4),
    product('Drip bags, 10 szt.', 'Brewing', 42, 17, 8),
    product('Dripper ceramiczny', 'Brewing', 89, 38, 4),
    product('Filtry papierowe, 100 szt.', 'Brewing', 24, 8, 10),
    product('Młynek ręczny', 'Brewing', 249, 128, 2),
    product('Kubek Złota Łódź', 'Merchandise', 45, 16, 6),
    product('Torba płócienna', 'Merchandise', 39, 14, 4),
    product('Zestaw degustacyjny', 'Gifts', 119, 52, 5),
    product('Karta kawosza', 'Gifts', 99, 44, 2),
  ],
  firstNames: words(
    'Zofia Jan Hanna Antoni Maja Jakub Lena Szymon Oliwia Filip Alicja Stanisław Pola Leon Iga Tymon Kaja Borys Łucja Igor',
  ),
  lastNames: words(
    'Adamczyk Borkowska Czajka Domański Figura Gajda Hajduk Jasińska Kmiecik Lisowska Maj Nowicka Olszak Pająk Rogala Sikora Tokarz Urban Wrona Żak',
  ),
  firms: [
    'Bistro Księży Młyn',
    'Biuro Kubatura',
    'Hotel Pasaż',
    'Cukiernia Malinowa',
    'Studio Wełna',
    'Kino Tęcza',
    'Księgarnia Skrzat',
    'Piekarnia Rano',
  ],
  plans: [
    { name: 'Kawa co miesiąc', monthly: 79, weight: 4 },
    { name: 'Biuro 5 kg', monthly: 620, weight: 1 },
  ],
}

export const DEMO_PROFILES = { 'home-goods': HOME_GOODS, coffee: COFFEE } as const
export type DemoProfileId = keyof typeof DEMO_PROFILES

/** What a person may choose from, in words. */
export const DEMO_CHOICES: { id: DemoProfileId; label: string }[] = [
  { id: 'home-goods', label: 'A home goods shop (USD)' },
  { id: 'coffee', label: 'A coffee roaster (PLN)' },
]
