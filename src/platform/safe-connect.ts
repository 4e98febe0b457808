/**
 * The only door for raw sockets: an address that was looked up and is public, and one of the ports that a scan asks
 * about. The name never travels with it, so it cannot lead elsewhere in between.
 */
import { connect } from 'cloudflare:sockets'
import ipaddr from 'ipaddr.js'
import { isPublicAddress } from './address.ts'
import { fail, ok, type Result } from './result.ts'

/** Bytes both ways. */
export interface Duplex {
  readable: ReadableStream<Uint8Array>
  writable: WritableStream<Uint8Array>
  close(): Promise<void>
}

/** Opens a connection to an address, never to a name. A refusal or a failure is a value. */
export type Dial = (address: string, port: number) => Promise<Result<Duplex>>

export interface ConnectRules {
  /** `address:port` pairs that may be private (development only). */
  allowPrivate: readonly string[]
  timeoutMs?: number
}

/** Web, and the services that should not be open to the internet. Mail's port 25 is closed to Workers. */
const PORTS = [21, 23, 443, 445, 1433, 3306, 3389, 5432, 5900, 6379, 9200, 11_211, 27_017]

/** Why a connection may not be opened, or null. */
export function refuseConnection(
  address: string,
  port: number,
  allowPrivate: readonly string[],
): string | null {
  if (!ipaddr.isValid(address) || address.includes('%')) return 'Connections need an address, not a name.'
  if (allowPrivate.includes(`${address}:${port}`)) return null
  if (!PORTS.includes(port)) return 'This port is not one that we ask about.'
  if (isPublicAddress(address)) return null
  return 'This address is not on the public internet.'
}

/** A dialer under rules. */
export const createDial =
  (rules: ConnectRules): Dial =>
  async (address, port) => {
    const refusal = refuseConnection(address, port, rules.allowPrivate)
    if (refusal) return fail('invalid', 'address-refused', refusal)
    try {
      const hostname = ipaddr.parse(address).kind() === 'ipv6' ? `[${address}]` : address
      const socket = connect({ hostname, port }, { secureTransport: 'off', allowHalfOpen: false })
      socket.closed.catch(() => {})
      const opened = await withinTime(socket.opened, rules.timeoutMs ?? 5000)
      if (opened)
        return ok({ readable: socket.readable, writable: socket.writable, close: () => socket.close() })
      await socket.close()
    } catch {
      // the address refuses, or it is one that Workers must not reach
    }
    return fail('unavailable', 'unreachable', 'The address did not answer in time.')
  }

/** False when it takes too long. */
async function withinTime(opened: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>()
  AbortSignal.timeout(timeoutMs).addEventListener('abort', () => resolve(false))
  return Promise.race([opened.then(() => true), promise])
}
