/** A zip archive as a stream: entries are deflated as they come, and nothing is held but what the reader has not taken. */
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

export interface ZipEntry {
  name: string
  /** Compressed already (pictures, archives): stored as it is. */
  stored?: boolean
  chunks: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>
}

const LEVEL = 3

/** The entries are asked for one after another and only as fast as the reader takes. A failure breaks the stream off. */
export function zipStream(entries: AsyncIterable<ZipEntry>): ReadableStream<Uint8Array> {
  const ready: Uint8Array[] = []
  let failure: unknown = null
  const zip = new Zip((error, chunk) => {
    if (error) failure = error
    else if (chunk.length > 0) ready.push(chunk)
  })
  const work = writeAll(zip, entries)
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        while (ready.length === 0) {
          const step = await work.next()
          if (failure) throw failure
          if (step.done) break
        }
        const chunk = ready.shift()
        if (chunk) controller.enqueue(chunk)
        else controller.close()
      },
      async cancel() {
        zip.terminate()
        await work.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function* writeAll(zip: Zip, entries: AsyncIterable<ZipEntry>): AsyncGenerator<undefined, void> {
  const encoder = new TextEncoder()
  for await (const entry of entries) {
    const file = entry.stored ? new ZipPassThrough(entry.name) : new ZipDeflate(entry.name, { level: LEVEL })
    zip.add(file)
    for await (const chunk of entry.chunks) {
      file.push(typeof chunk === 'string' ? encoder.encode(chunk) : chunk)
      yield
    }
    file.push(new Uint8Array(0), true)
    yield
  }
  zip.end()
}
