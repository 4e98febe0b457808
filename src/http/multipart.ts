/**
 * multipart/form-data (RFC 7578) read as a stream: fields are collected, the file's bytes are passed on as they come and
 * never held. For uploads that may be larger than the Worker's memory; small forms use `formFields`.
 */
import { fail, ok, type Result } from '../platform/result.ts'

export interface FilePart {
  name: string
  fileName: string
  contentType: string
}

/** Takes a file as a stream. It may stop reading early; the rest is then thrown away. */
export type ReceiveFile = (part: FilePart, body: ReadableStream<Uint8Array>) => Promise<void>

const MAX_FIELD_BYTES = 64 * 1024
const MAX_HEADER_BYTES = 8 * 1024
const MAX_PARTS = 50

/** Fields by name, before and after the file alike. Only the first file part is received. */
export async function readMultipart(
  request: { body: ReadableStream<Uint8Array> | null; contentType: string | undefined },
  receive: ReceiveFile,
): Promise<Result<Record<string, string>>> {
  const boundary = boundaryOf(request.contentType ?? '')
  if (!request.body || !boundary) {
    return fail(
      'unsupported',
      'not-multipart',
      'Send the file as multipart/form-data, as a form with a file field does.',
    )
  }
  const source = new ByteSource(request.body)
  const delimiter = bytesOf(`\r\n--${boundary}`)
  const fields: Record<string, string> = {}
  let received = false
  try {
    // What stands before the first boundary means nothing; a line end is put before it, so that all boundaries look alike.
    source.unshift(bytesOf('\r\n'))
    await source.skipPast(delimiter)
    for (let parts = 0; !(await source.startsWith('--')); parts++) {
      if (parts >= MAX_PARTS) return malformed('It has too many parts.')
      const part = partOf(decode(await source.takeUntil(bytesOf('\r\n\r\n'), MAX_HEADER_BYTES)))
      if (part.fileName === null) {
        const value = decode(await source.takeUntil(delimiter, MAX_FIELD_BYTES))
        if (part.name) fields[part.name] = value
      } else if (received || part.fileName === '') await source.skipPast(delimiter)
      else {
        received = true
        await passOn(source, delimiter, { ...part, fileName: part.fileName }, receive)
      }
    }
    return ok(fields)
  } catch (error) {
    if (error instanceof BadMultipart) return malformed(error.message)
    throw error
  } finally {
    source.stop()
  }
}

class BadMultipart extends Error {}

const malformed = (why: string) =>
  fail('malformed', 'bad-multipart', `The upload cannot be read. ${why} Try it again.`)

async function passOn(
  source: ByteSource,
  delimiter: Uint8Array,
  part: FilePart,
  receive: ReceiveFile,
): Promise<void> {
  const pipe = new TransformStream<Uint8Array, Uint8Array>()
  const taken = receive(part, pipe.readable)
  const writer = pipe.writable.getWriter()
  let wanted = true
  // A receiver that has had enough (or failed) no longer reads: writing on would wait for ever.
  const unwanted = taken.then(
    () => undefined,
    () => undefined,
  )
  void unwanted.then(() => {
    wanted = false
  })
  try {
    await source.eachUntil(delimiter, async (bytes) => {
      if (wanted) await Promise.race([writer.write(bytes).catch(() => undefined), unwanted])
    })
  } catch (error) {
    // Half a file must not be taken for a whole one: whoever receives it fails with it.
    await writer.abort(error).catch(() => undefined)
    await unwanted
    throw error
  }
  if (wanted) await Promise.race([writer.close().catch(() => undefined), unwanted])
  await taken
}

interface PartHead {
  name: string
  fileName: string | null
  contentType: string
}

function partOf(head: string): PartHead {
  const lines = head.split('\r\n')
  const disposition = lines.find((line) => /^content-disposition:/i.test(line)) ?? ''
  const type = lines.find((line) => /^content-type:/i.test(line))
  return {
    name: parameter(disposition, 'name') ?? '',
    fileName: parameter(disposition, 'filename'),
    contentType: type?.slice(type.indexOf(':') + 1).trim() ?? 'application/octet-stream',
  }
}

/** Browsers write quotation marks inside names as %22 and line ends as %0D %0A. */
function parameter(disposition: string, name: string): string | null {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]*))`, 'i').exec(disposition)
  const value = match?.[1] ?? match?.[2]
  if (value === undefined) return null
  return value.replace(/%22/g, '"').replace(/%0D|%0A/gi, ' ')
}

function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\b/i.test(contentType)) return null
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^;\s]{1,70}))/i.exec(contentType)
  return match?.[1] ?? match?.[2] ?? null
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

/** Bytes that come in pieces, read up to a mark that may lie across two of them. */
class ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  #held: Uint8Array = new Uint8Array(0)

  constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader()
  }

  unshift(bytes: Uint8Array): void {
    this.#held = joined(bytes, this.#held)
  }

  stop(): void {
    this.#reader.cancel().catch(() => undefined)
  }

  async startsWith(text: string): Promise<boolean> {
    const bytes = bytesOf(text)
    while (this.#held.length < bytes.length)
      if (!(await this.#more())) throw new BadMultipart('It ends too early.')
    return bytes.every((byte, index) => this.#held[index] === byte)
  }

  async skipPast(mark: Uint8Array): Promise<void> {
    await this.eachUntil(mark, async () => undefined)
  }

  async takeUntil(mark: Uint8Array, max: number): Promise<Uint8Array> {
    let taken = new Uint8Array(0)
    await this.eachUntil(mark, async (bytes) => {
      taken = joined(taken, bytes)
      if (taken.length > max) throw new BadMultipart('One of its fields is too long.')
    })
    return taken
  }

  /** Hands over what comes before the mark, piece by piece, and leaves off after it. */
  async eachUntil(mark: Uint8Array, hand: (bytes: Uint8Array) => Promise<void>): Promise<void> {
    for (;;) {
      const at = indexOf(this.#held, mark)
      if (at >= 0) {
        const before = this.#held.subarray(0, at)
        this.#held = this.#held.subarray(at + mark.length)
        if (before.length > 0) await hand(before)
        return
      }
      const safe = this.#held.length - mark.length + 1
      if (safe > 0) {
        const before = this.#held.subarray(0, safe)
        this.#held = this.#held.subarray(safe)
        await hand(before)
      }
      if (!(await this.#more())) throw new BadMultipart('It ends too early.')
    }
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#reader.read()
    if (value) this.#held = this.#held.length === 0 ? value : joined(this.#held, value)
    return !done
  }
}

function indexOf(bytes: Uint8Array, mark: Uint8Array): number {
  const first = mark[0] ?? 0
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (at + mark.length > bytes.length) return -1
    if (mark.every((byte, index) => bytes[at + index] === byte)) return at
  }
  return -1
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
