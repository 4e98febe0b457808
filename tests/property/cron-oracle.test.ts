// Rhythms against an oracle of its own: every minute is looked at, over days on which clocks change, in ten zones.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextOccurrence } from '../../src/kit/calendar.ts'

/** Zone and a day near one of its changes. */
const CHANGES: [string, string][] = [
  ['America/New_York', '2026-03-08'],
  ['America/New_York', '2026-11-01'],
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Europe/London', '2027-03-28'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['America/Santiago', '2026-04-05'],
  ['America/Santiago', '2026-09-06'],
  ['Africa/Cairo', '2026-04-24'],
  ['Asia/Beirut', '2026-03-29'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Asia/Kathmandu', '2026-04-14'],
  ['America/St_Johns', '2026-03-08'],
]

interface Local {
  minute: number
  hour: number
  day: number
  month: number
  weekday: number
}

const formats = new Map<string, Intl.DateTimeFormat>()

function localOf(at: number, timeZone: string): Local {
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', minute: 'numeric', hour: 'numeric', day: 'numeric' },
      ...{ month: 'numeric', weekday: 'short' },
    })
    formats.set(timeZone, format)
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  return {
    minute: Number(parts.minute),
    hour: Number(parts.hour),
    day: Number(parts.day),
    month: Number(parts.month),
    weekday: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(parts.weekday ?? ''),
  }
}

interface Rhythm {
  minutes: number[]
  hours: number[] | null
  weekdays: number[] | null
}

const cronOf = ({ minutes, hours, weekdays }: Rhythm): string =>
  `${minutes.join(',')} ${hours?.join(',') ?? '*'} * * ${weekdays?.join(',') ?? '*'}`

/**
 * The rule as it is published: what the clock jumps over runs at the first moment after it; a fixed time that comes twice
 * runs the first time only; a rhythm of every hour runs in both passes.
 */
function oracle(rhythm: Rhythm, timeZone: string, from: number, to: number): number[] {
  const fits = (local: Local) =>
    rhythm.minutes.includes(local.minute) &&
    (rhythm.hours === null || rhythm.hours.includes(local.hour)) &&
    (rhythm.weekdays === null || rhythm.weekdays.includes(local.weekday))
  const found = new Set<number>()
  const seen = new Set<string>()
  let before: Local | null = null
  for (let at = from - 180 * 60_000; at <= to; at += 60_000) {
    const local = localOf(at, timeZone)
    for (const skipped of before ? jumpedOver(before, local) : [])
      if (fits(skipped) && rhythm.hours !== null) found.add(at)
    before = local
    if (!fits(local)) continue
    const wall = `${local.month}-${local.day} ${local.hour}:${local.minute}`
    if (rhythm.hours !== null && seen.has(wall)) continue
    seen.add(wall)
    found.add(at)
  }
  return [...found].filter((at) => at > from && at <= to).sort((a, b) => a - b)
}

/** Wall times between two minutes that follow one another, when the clock was put forward, also over midnight. */
function jumpedOver(a: Local, b: Local): Local[] {
  const sameDay = a.day === b.day
  const first = sameDay ? a.hour * 60 + a.minute + 1 : 0
  const last = b.hour * 60 + b.minute
  return Array.from({ length: Math.max(0, last - first) }, (_, n) => ({
    ...b,
    hour: Math.floor((first + n) / 60),
    minute: (first + n) % 60,
  }))
}

const rhythms = fc.record({
  minutes: fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 3 }),
  hours: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 })),
  weekdays: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 4 })),
})

test('a rhythm comes when every minute of three days says so, also where clocks change', () => {
  fc.assert(
    fc.property(rhythms, fc.constantFrom(...CHANGES), (rhythm, [zone, day]) => {
      const from = Date.parse(`${day}T00:00:00Z`) - 86_400_000
      const to = from + 3 * 86_400_000
      const found: number[] = []
      let after = new Date(from).toISOString()
      for (let n = 0; n < 500; n++) {
        const next = nextOccurrence(cronOf(rhythm), zone, after)
        if (!next || Date.parse(next) > to) break
        found.push(Date.parse(next))
        after = next
      }
      const iso = (list: number[]) => list.map((at) => new Date(at).toISOString())
      expect(iso(found)).toEqual(iso(oracle(rhythm, zone, from, to)))
    }),
    { numRuns: 150 },
  )
})
