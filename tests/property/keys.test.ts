// A key survives being written and read; a typing mistake does not.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyText, parseKeyText } from '../../src/platform/crypto/key-text.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const text = (length: number) =>
  fc
    .array(fc.constantFrom(...BASE62), { minLength: length, maxLength: length })
    .map((signs) => signs.join(''))

test('every key is read as it was written', () => {
  fc.assert(
    fc.property(text(8), text(32), fc.constantFrom('live', 'test'), (id, secret, mode) => {
      expect(parseKeyText(keyText(id, secret, mode))).toEqual({ mode, id, secret })
    }),
  )
})

test('a key with one sign mistyped, or two neighbours swapped, is no key', () => {
  fc.assert(
    fc.property(text(8), text(32), fc.nat(48), fc.constantFrom(...BASE62), (id, secret, at, sign) => {
      const key = keyText(id, secret)
      const place = 'scp_live_'.length + (at % (key.length - 'scp_live_'.length))
      const mistyped = key.slice(0, place) + sign + key.slice(place + 1)
      const swapped = key.slice(0, place) + (key[place + 1] ?? '') + (key[place] ?? '') + key.slice(place + 2)
      for (const wrong of [mistyped, swapped]) if (wrong !== key) expect(parseKeyText(wrong)).toBeNull()
    }),
  )
})
