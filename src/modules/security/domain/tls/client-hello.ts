/** The first message of a TLS handshake, as a probe sends it (RFC 5246 section 7.4.1.2, RFC 8446 section 4.1.2). */

export type TlsVersion = '1.0' | '1.1' | '1.2' | '1.3'

export interface HelloOffer {
  /** For the server name; an address is not named (RFC 6066 section 3). */
  host: string
  newest: TlsVersion
  ciphers: readonly number[]
  /** 64 random bytes: of the hello, and of a session id that servers in between expect. */
  random: Uint8Array
}

/** Numbers on the wire. */
export const WIRE_VERSIONS: Readonly<Record<TlsVersion, number>> = {
  '1.0': 0x0301,
  '1.1': 0x0302,
  '1.2': 0x0303,
  '1.3': 0x0304,
}

const HANDSHAKE = 22
const CLIENT_HELLO = 1
const EXTENSION = {
  serverName: 0,
  groups: 10,
  pointFormats: 11,
  signatures: 13,
  protocols: 16,
  extendedSecret: 23,
  versions: 43,
  keyShare: 51,
  renegotiation: 0xff01,
} as const
const GROUPS = [0x001d, 0x0017, 0x0018, 0x0019]
/** Old ones too: a probe wants an answer, not safety. */
const SIGNATURES = [
  ...[0x0403, 0x0503, 0x0603, 0x0807, 0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0601],
  ...[0x0303, 0x0301, 0x0203, 0x0201],
]

/**
 * One record with a ClientHello. For 1.3 it offers no key share: a server that knows 1.3 answers with a request to try
 * again, which names the version and needs no cryptography.
 */
export function writeClientHello({ host, newest, ciphers, random }: HelloOffer): Uint8Array<ArrayBuffer> {
  const legacy = Math.min(WIRE_VERSIONS[newest], WIRE_VERSIONS['1.2'])
  const body = [
    ...u16(legacy),
    ...random.subarray(0, 32),
    ...sized(1, [...random.subarray(32, 64)]),
    ...sized(2, ciphers.flatMap(u16)),
    ...sized(1, [0]),
    ...sized(2, extensions(host, newest)),
  ]
  const message = [CLIENT_HELLO, ...sized(3, body)]
  // the record itself says 1.0, which servers of every age accept
  return Uint8Array.from([HANDSHAKE, ...u16(WIRE_VERSIONS['1.0']), ...sized(2, message)])
}

function extensions(host: string, newest: TlsVersion): number[] {
  const ascii = [...new TextEncoder().encode(host)]
  const http = [...new TextEncoder().encode('http/1.1')]
  const list = [
    ...(isAddress(host) ? [] : extension(EXTENSION.serverName, sized(2, [0, ...sized(2, ascii)]))),
    ...extension(EXTENSION.groups, sized(2, GROUPS.flatMap(u16))),
    ...extension(EXTENSION.pointFormats, sized(1, [0])),
    ...extension(EXTENSION.protocols, sized(2, sized(1, http))),
    ...extension(EXTENSION.extendedSecret, []),
    ...extension(EXTENSION.renegotiation, [0]),
  ]
  if (newest === '1.2' || newest === '1.3')
    list.push(...extension(EXTENSION.signatures, sized(2, SIGNATURES.flatMap(u16))))
  if (newest === '1.3') {
    list.push(...extension(EXTENSION.versions, sized(1, u16(WIRE_VERSIONS['1.3']))))
    list.push(...extension(EXTENSION.keyShare, sized(2, [])))
  }
  return list
}

const extension = (type: number, data: number[]): number[] => [...u16(type), ...sized(2, data)]

const u16 = (value: number): number[] => [value >> 8, value & 0xff]

/** Bytes behind their length, which takes so many bytes. */
const sized = (size: 1 | 2 | 3, data: number[]): number[] => [
  ...[data.length >> 16, data.length >> 8, data.length].slice(3 - size).map((byte) => byte & 0xff),
  ...data,
]

const isAddress = (host: string): boolean => host.includes(':') || /^\d+(\.\d+){3}$/.test(host)
