/** When makers stop the security updates of server software that names its version in headers. */

export interface NamedVersion {
  product: string
  /** Major and minor. */
  version: readonly [number, number]
}

/** Versions below `[major, minor]` get no updates from that day on; days as published by the makers. */
const SUPPORT_ENDS: Record<string, readonly { below: readonly [number, number]; on: string }[]> = {
  php: [
    { below: [7, 0], on: '2018-12-31' },
    { below: [8, 0], on: '2022-11-28' },
    { below: [8, 1], on: '2023-11-26' },
    { below: [8, 2], on: '2025-12-31' },
    { below: [8, 3], on: '2026-12-31' },
    { below: [8, 4], on: '2027-12-31' },
    { below: [8, 5], on: '2028-12-31' },
  ],
  apache: [{ below: [2, 4], on: '2017-07-11' }],
  'microsoft-iis': [
    { below: [8, 0], on: '2020-01-14' },
    { below: [10, 0], on: '2023-10-10' },
  ],
  drupal: [
    { below: [8, 0], on: '2025-01-05' },
    { below: [9, 0], on: '2021-11-02' },
    { below: [10, 0], on: '2023-11-01' },
  ],
}

/** Without a date of its own an answer is judged by the day on which this table was last checked. */
const CHECKED_ON = Date.UTC(2026, 10, 23)

/** Products with a version in a header value, e.g. `Apache/2.2.15 (CentOS) PHP/5.3.3`; only those we know. */
export function versionsIn(header: string): NamedVersion[] {
  return [...header.matchAll(/([a-z][a-z-]*)[/ ](\d+)(?:\.(\d+))?/gi)].flatMap(
    ([, name = '', major, minor]) => {
      const product = name.toLowerCase()
      return SUPPORT_ENDS[product] ? [{ product, version: [Number(major), Number(minor ?? 0)] as const }] : []
    },
  )
}

/** Those without updates at that time (milliseconds since 1970, null when unknown), each with its last day. */
export function unsupportedVersions(versions: readonly NamedVersion[], at: number | null): string[] {
  const now = at ?? CHECKED_ON
  return versions.flatMap(({ product, version }) => {
    const ended = SUPPORT_ENDS[product]?.find(
      ({ below, on }) => isBelow(version, below) && Date.parse(on) < now,
    )
    return ended ? [`${product} ${version.join('.')}: updates ended on ${ended.on}`] : []
  })
}

const isBelow = ([major, minor]: NamedVersion['version'], [limit, minorLimit]: NamedVersion['version']) =>
  major < limit || (major === limit && minor < minorLimit)
