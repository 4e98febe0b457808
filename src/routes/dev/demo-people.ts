/** The demo's workspaces and people, with the words they sign in with: nothing here guards anything real. */
import type { Role } from '../../platform/actor.ts'

export const HARBOUR = {
  name: 'Harbour & Pine',
  timeZone: 'America/New_York',
  currency: 'USD',
  locale: 'en-US',
  weekStart: 7,
  fiscalYearStart: 1,
  country: 'US',
  industry: 'Home goods',
}
export const PALARNIA = {
  name: 'Palarnia Złota Łódź',
  timeZone: 'Europe/Warsaw',
  currency: 'PLN',
  locale: 'pl-PL',
  weekStart: 1,
  fiscalYearStart: 1,
  country: 'PL',
  industry: 'Coffee roasting',
}

/** The shop of a famous data set; its days and dollars are those of the file. */
export const SUPERSTORE = {
  name: 'Superstore (famous sample)',
  timeZone: 'America/New_York',
  currency: 'USD',
  locale: 'en-US',
  weekStart: 7,
  fiscalYearStart: 1,
  country: 'US',
  industry: 'Office supplies',
}

export const OWNER = {
  name: 'Nora Ellery',
  email: 'owner@harbour.example',
  password: 'tide-table-and-rope-2026',
}
export const COLLEAGUES: {
  name: string
  email: string
  password: string
  role: Role
  at: 'harbour' | 'palarnia'
}[] = [
  {
    name: 'Miles Keane',
    email: 'admin@harbour.example',
    password: 'gulls-over-the-pier-2026',
    role: 'admin',
    at: 'harbour',
  },
  {
    name: 'June Alder',
    email: 'member@harbour.example',
    password: 'salt-wind-and-linen-2026',
    role: 'member',
    at: 'harbour',
  },
  {
    name: 'Felix Varney',
    email: 'viewer@harbour.example',
    password: 'quiet-lamp-at-noon-2026',
    role: 'viewer',
    at: 'harbour',
  },
  {
    name: 'Zofia Maj',
    email: 'owner@palarnia.example',
    password: 'ziarna-z-manufaktury-2026',
    role: 'owner',
    at: 'palarnia',
  },
  {
    name: 'Borys Wrona',
    email: 'member@palarnia.example',
    password: 'mlynek-stoi-na-oknie-2026',
    role: 'member',
    at: 'palarnia',
  },
]

/** Made-up leads of either shop. */
export const LEADS: {
  name: string
  email: string
  company: string
  stage: 'lead' | 'qualified' | 'lost'
  tags: string[]
  consent?: { state: 'given' | 'withdrawn'; at: string; source: string; text: string }
}[] = [
  {
    name: 'Marisol Vega',
    email: 'marisol@vega-interiors.example',
    company: 'Vega Interiors',
    stage: 'qualified',
    tags: ['wholesale', 'trade fair 2026'],
    consent: {
      state: 'given',
      at: '2026-09-14T10:20:00.000Z',
      source: 'Trade fair',
      text: 'Send me the wholesale list.',
    },
  },
  {
    name: 'Tom Adeyemi',
    email: 'tom@cornercup.example',
    company: 'Corner Cup',
    stage: 'lead',
    tags: ['wholesale'],
  },
  { name: 'Ines Halloran', email: 'ines@halloran.example', company: '', stage: 'lead', tags: ['newsletter'] },
  {
    name: 'Piotr Zieliński',
    email: 'piotr@hotel-lipa.example',
    company: 'Hotel Lipa',
    stage: 'lost',
    tags: ['hospitality'],
    consent: { state: 'withdrawn', at: '2026-10-02T08:00:00.000Z', source: 'By telephone', text: '' },
  },
]
