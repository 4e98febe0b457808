/** R2 behind the file port. */
import type { FilePort } from '../platform/services.ts'

export function createFilePort(bucket: R2Bucket): FilePort {
  return {
    async put(key, body, contentType) {
      const object = await bucket.put(key, body, { httpMetadata: { contentType } })
      return { bytes: object.size }
    },
    putStream: (key, body, contentType, maxBytes) => putParts(bucket, key, body, contentType, maxBytes),
    async range(key, start, end) {
      const object = await bucket.get(key, { range: { offset: start, length: Math.max(1, end - start) } })
      return object && new Uint8Array(await object.arrayBuffer())
    },
    async text(key) {
      const object = await bucket.get(key)
      return object ? object.text() : null
    },
    async stream(key) {
      const object = await bucket.get(key)
      return object ? object.body : null
    },
    async list(prefix) {
      const keys: string[] = []
      let cursor: string | undefined
      do {
        const page = await bucket.list({ prefix, cursor })
        keys.push(...page.objects.map((object) => object.key))
        cursor = page.truncated ? page.cursor : undefined
      } while (cursor)
      return keys
    },
    async remove(keys) {
      for (let start = 0; start < keys.length; start += 1000)
        await bucket.delete(keys.slice(start, start + 1000))
    },
  }
}

/** R2 wants parts of equal size, at least 5 MiB, but for the last. */
const PART_BYTES = 8 * 1024 * 1024

async function putParts(
  bucket: R2Bucket,
  key: string,
  body: ReadableStream<Uint8Array>,
  contentType: string,
  maxBytes: number,
): Promise<{ bytes: number } | null> {
  const upload = await bucket.createMultipartUpload(key, { httpMetadata: { contentType } })
  try {
    const parts: R2UploadedPart[] = []
    const part = new Uint8Array(PART_BYTES)
    let held = 0
    let bytes = 0
    const send = async () => {
      parts.push(await upload.uploadPart(parts.length + 1, part.slice(0, held)))
      held = 0
    }
    for await (const chunk of body) {
      bytes += chunk.length
      if (bytes > maxBytes) {
        await upload.abort()
        return null
      }
      for (let at = 0; at < chunk.length; ) {
        const taken = chunk.subarray(at, at + PART_BYTES - held)
        part.set(taken, held)
        held += taken.length
        at += taken.length
        if (held === PART_BYTES) await send()
      }
    }
    if (held > 0 || parts.length === 0) await send()
    await upload.complete(parts)
    return { bytes }
  } catch (error) {
    await upload.abort().catch(() => undefined)
    throw error
  }
}
