/** R2 behind the file port. */
import type { FilePort } from '../platform/services.ts'

export function createFilePort(bucket: R2Bucket): FilePort {
  return {
    async put(key, body, contentType) {
      const object = await bucket.put(key, body, { httpMetadata: { contentType } })
      return { bytes: object.size }
    },
    async range(key, start, end) {
      const object = await bucket.get(key, { range: { offset: start, length: Math.max(1, end - start) } })
      return object && new Uint8Array(await object.arrayBuffer())
    },
    async text(key) {
      const object = await bucket.get(key)
      return object && object.text()
    },
    async stream(key) {
      const object = await bucket.get(key)
      return object && object.body
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
      for (let start = 0; start < keys.length; start += 1000) await bucket.delete(keys.slice(start, start + 1000))
    },
  }
}
