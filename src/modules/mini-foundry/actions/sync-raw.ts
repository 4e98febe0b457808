/** Pages as the vendor sent them, compressed, in R2: kept before anything is written, read again when a mapping changes. */
import { isoInstant } from '../../../platform/clock.ts'
import type { Services } from '../../../platform/services.ts'

export const rawFolder = (tenantId: string, sourceId: string): string => `raw/${tenantId}/${sourceId}/`

export interface RawPlace {
  tenantId: string
  sourceId: string
  stream: string
  /** The run, or what else the page belongs to. */
  run: string
  number: number
  /** Milliseconds. */
  at: number
}

/** The same place is the same key: a page that is read twice is kept once. */
export function rawKey({ tenantId, sourceId, stream, run, number, at }: RawPlace): string {
  const day = isoInstant(at).slice(0, 10)
  return `${rawFolder(tenantId, sourceId)}${stream}/${day}/${encodeURIComponent(run)}-${number}.json.gz`
}

export async function keepRaw(services: Services, key: string, raw: string): Promise<void> {
  const packed = new Response(raw).body?.pipeThrough(new CompressionStream('gzip'))
  await services.files.put(key, await new Response(packed).arrayBuffer(), 'application/gzip')
}

/** Null when it is not there any more. */
export async function readRaw(services: Services, key: string): Promise<string | null> {
  const body = await services.files.stream(key)
  return body && new Response(body.pipeThrough(new DecompressionStream('gzip'))).text()
}
