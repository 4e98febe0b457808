/** Month names in the languages our customers' files come in, recognised by their first letters. */

/** First three letters without marks (English, German, French, Spanish, Italian, Dutch, Polish, Portuguese) -> month. */
const PREFIXES: Record<string, number> = {
  jan: 1,
  ene: 1,
  gen: 1,
  sty: 1,
  feb: 2,
  fev: 2,
  lut: 2,
  mar: 3,
  maa: 3,
  mrt: 3,
  mrz: 3,
  apr: 4,
  avr: 4,
  abr: 4,
  kwi: 4,
  may: 5,
  mai: 5,
  mag: 5,
  mei: 5,
  maj: 5,
  jun: 6,
  giu: 6,
  cze: 6,
  jul: 7,
  lug: 7,
  lip: 7,
  aug: 8,
  aou: 8,
  ago: 8,
  sie: 8,
  sep: 9,
  set: 9,
  wrz: 9,
  oct: 10,
  okt: 10,
  ott: 10,
  out: 10,
  paz: 10,
  nov: 11,
  lis: 11,
  dec: 12,
  dez: 12,
  dic: 12,
  gru: 12,
}

/** 1-12, or null. French juin and juillet share their first three letters. */
export function monthOf(name: string): number | null {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  if (plain.startsWith('juil')) return 7
  if (plain.startsWith('juin')) return 6
  return PREFIXES[plain.slice(0, 3)] ?? null
}
