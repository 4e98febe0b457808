/** Asks a host how it encrypts: a handshake begun and dropped for each question, without any cryptography of our own. */
import { type Certificate, parseCertificate } from '../../modules/security/domain/tls/certificate.ts'
import {
  COMMON_CIPHERS,
  DATED_CIPHERS,
  TLS13_CIPHERS,
  WEAK_CIPHERS,
} from '../../modules/security/domain/tls/ciphers.ts'
import { type HelloOffer, writeClientHello } from '../../modules/security/domain/tls/client-hello.ts'
import {
  PROBES,
  type ProbeName,
  type ProbeOutcome,
  type TlsObservation,
} from '../../modules/security/domain/tls/observation.ts'
import { readServerFlight, type ServerFlight } from '../../modules/security/domain/tls/server-flight.ts'
import type { Dial, Duplex } from '../../platform/safe-connect.ts'

export interface ProbeOptions {
  port?: number
  /** For one answer. */
  timeoutMs?: number
}

type Offer = Pick<HelloOffer, 'newest' | 'ciphers'>

const OFFERS: Readonly<Record<ProbeName, Offer>> = {
  tls13: { newest: '1.3', ciphers: TLS13_CIPHERS },
  tls12: { newest: '1.2', ciphers: COMMON_CIPHERS },
  tls11: { newest: '1.1', ciphers: COMMON_CIPHERS },
  tls10: { newest: '1.0', ciphers: COMMON_CIPHERS },
  weak: { newest: '1.2', ciphers: WEAK_CIPHERS },
  dated: { newest: '1.2', ciphers: DATED_CIPHERS },
}
const LARGEST_FLIGHT = 131_072

/** A server that stays silent twice is asked no more: somebody waits for the scan. */
const MOST_SILENCES = 2

/**
 * One connection for each question, one after the other. `address` is of the host and was found to be public; `probes`
 * is null when not one connection could be opened.
 */
export async function probeTls(
  host: string,
  address: string,
  dial: Dial,
  { port = 443, timeoutMs = 5000 }: ProbeOptions = {},
): Promise<Pick<TlsObservation, 'probes' | 'chain'>> {
  const outcomes: Partial<Record<ProbeName, ProbeOutcome>> = {}
  let chain: Certificate[] = []
  let silences = 0
  for (const name of PROBES) {
    const opened = silences < MOST_SILENCES ? await dial(address, port) : null
    // a host that cannot be reached once is not asked five times more
    if (opened && !opened.ok && Object.keys(outcomes).length === 0) return { probes: null, chain: [] }
    const flight = opened?.ok ? await exchange(opened.value, { ...OFFERS[name], host }, timeoutMs) : 'silent'
    outcomes[name] = outcomeOf(flight)
    if (flight === 'silent') silences++
    if (name === 'tls12' && typeof flight === 'object' && flight.state === 'accepted')
      chain = flight.certificates.flatMap((bytes) => parseCertificate(bytes) ?? [])
  }
  return { probes: outcomes as Record<ProbeName, ProbeOutcome>, chain }
}

function outcomeOf(flight: ServerFlight | 'silent' | 'closed'): ProbeOutcome {
  if (flight === 'silent') return { kind: 'silent' }
  if (flight === 'closed') return { kind: 'refused', alert: null }
  if (flight.state === 'accepted') return { kind: 'accepted', version: flight.version, cipher: flight.cipher }
  return flight.state === 'refused' ? { kind: 'refused', alert: flight.alert } : { kind: 'garbled' }
}

/** `closed`: the server hung up without a word; `silent`: it said too little in time. */
async function exchange(
  duplex: Duplex,
  offer: Omit<HelloOffer, 'random'>,
  timeoutMs: number,
): Promise<ServerFlight | 'silent' | 'closed'> {
  const reader = duplex.readable.getReader()
  const timeout = AbortSignal.timeout(timeoutMs)
  const late = new Promise<'late'>((resolve) => timeout.addEventListener('abort', () => resolve('late')))
  try {
    const writer = duplex.writable.getWriter()
    await writer.write(writeClientHello({ ...offer, random: crypto.getRandomValues(new Uint8Array(64)) }))
    let bytes = new Uint8Array()
    for (;;) {
      const chunk = await Promise.race([reader.read(), late])
      if (chunk === 'late') return 'silent'
      if (chunk.done) return bytes.length === 0 ? 'closed' : { state: 'garbled' }
      bytes = joined(bytes, chunk.value)
      const flight = readServerFlight(bytes)
      if (flight.state !== 'partial') return flight
      if (bytes.length > LARGEST_FLIGHT) return { state: 'garbled' }
    }
  } catch {
    // a reset is how some servers refuse
    return 'closed'
  } finally {
    reader.cancel().catch(() => {})
    duplex.close().catch(() => {})
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(one.length + other.length)
  bytes.set(one)
  bytes.set(other, one.length)
  return bytes
}
