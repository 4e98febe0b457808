import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMultipart } from '../../src/http/multipart.ts'

const BOUNDARY = '----form7MA4YWxk'
const encoder = new TextEncoder()

function bodyOf(parts: { name: string; file?: string; bytes: Uint8Array }[]): Uint8Array {
  const pieces = parts.flatMap(({ name, file, bytes }) => [
    encoder.encode(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file === undefined ? '' : `; filename="${file}"\r\nContent-Type: text/csv`}\r\n\r\n`,
    ),
    bytes,
    encoder.encode('\r\n'),
  ])
  return Uint8Array.from([...pieces, encoder.encode(`--${BOUNDARY}--\r\n`)].flatMap((piece) => [...piece]))
}

function streamOf(bytes: Uint8Array, sizes: number[]): ReadableStream<Uint8Array> {
  let at = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const size = sizes[turn++ % sizes.length] ?? 1
      controller.enqueue(bytes.slice(at, at + size))
      at += size
    },
  })
}

async function read(bytes: Uint8Array, sizes = [7]) {
  const files: { name: string; fileName: string; text: Uint8Array }[] = []
  const result = await readMultipart(
    { body: streamOf(bytes, sizes), contentType: `multipart/form-data; boundary=${BOUNDARY}` },
    async (part, body) => {
      files.push({ ...part, text: new Uint8Array(await new Response(body).arrayBuffer()) })
    },
  )
  return { result, files }
}

describe('a streamed upload', () => {
  it('gives the file and the fields around it, however it is cut and whatever the file holds', async () => {
    const nasty = fc.constantFrom(
      '\r\n',
      '--',
      `\r\n--${BOUNDARY.slice(0, 9)}`,
      `--${BOUNDARY}`,
      'a,b',
      '\n',
      'é',
    )
    const content = fc.array(nasty, { maxLength: 12 }).map((list) => encoder.encode(list.join('')))
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
        async (bytes, sizes) => {
          const text = new TextDecoder().decode(bytes)
          fc.pre(!text.includes(`\r\n--${BOUNDARY}`))
          const body = bodyOf([
            { name: 'kind', bytes: encoder.encode('orders') },
            { name: 'file', file: 'Größe %22a%22.csv', bytes },
            { name: 'currency', bytes: encoder.encode('EUR') },
          ])
          const { result, files } = await read(body, sizes)
          expect(result).toEqual({ ok: true, value: { kind: 'orders', currency: 'EUR' } })
          expect(files).toMatchObject([{ name: 'file', fileName: 'Größe "a".csv' }])
          expect([...(files[0]?.text ?? [])]).toEqual([...bytes])
        },
      ),
    )
  })

  it('that breaks off, or is no multipart, is refused in words', async () => {
    const body = bodyOf([{ name: 'file', file: 'a.csv', bytes: encoder.encode('a,b\n1,2') }])
    let whole = false
    const broken = await readMultipart(
      { body: streamOf(body.slice(0, -20), [9]), contentType: `multipart/form-data; boundary=${BOUNDARY}` },
      async (_part, stream) => {
        await new Response(stream).arrayBuffer()
        whole = true
      },
    )
    expect(broken).toMatchObject({ ok: false, error: { kind: 'malformed' } })
    expect(whole).toBe(false)
    const plain = await readMultipart(
      { body: streamOf(body, [9]), contentType: 'application/json' },
      async () => {},
    )
    expect(plain).toMatchObject({ ok: false, error: { kind: 'unsupported' } })
    const noBoundary = await read(encoder.encode('nothing here'))
    expect(noBoundary.result).toMatchObject({ ok: false, error: { kind: 'malformed' } })
  })

  it('goes on to its fields when the file is not wanted to its end', async () => {
    const body = bodyOf([
      { name: 'file', file: 'a.csv', bytes: new Uint8Array(300_000).fill(65) },
      { name: 'kind', bytes: encoder.encode('orders') },
    ])
    const result = await readMultipart(
      { body: streamOf(body, [10_000]), contentType: `multipart/form-data; boundary="${BOUNDARY}"` },
      async (_part, stream) => {
        for await (const chunk of stream) if (chunk.length > 0) return
      },
    )
    expect(result).toEqual({ ok: true, value: { kind: 'orders' } })
  })
})
