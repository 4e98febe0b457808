// `node scripts/measure-pages.mjs FOLDER`: F1 of price, availability and sku over saved product pages, with the misses.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { continueOnLockedNode } from './lib/node.mjs'

await continueOnLockedNode()
const [folder, ...flags] = process.argv.slice(2)
if (!folder) {
  console.error('usage: node scripts/measure-pages.mjs FOLDER [--misses]')
  process.exit(2)
}
const { extractOffer } = await import('../src/modules/marketplace/domain/offer.ts')
const truth = JSON.parse(readFileSync(join(folder, 'ground-truth.json'), 'utf8'))
const names = ['price', 'accepted price', 'availability', 'sku']
const counts = Object.fromEntries(names.map((name) => [name, { right: 0, said: 0, wanted: 0 }]))
const same = {
  price: (a, b) => Number(a) === Number(b),
  availability: (a, b) => a === b,
  sku: (a, b) => String(a).toLowerCase() === String(b).toLowerCase(),
}
let ms = 0
for (const file of readdirSync(join(folder, 'html'))) {
  const id = file.split('.')[0]
  const wanted = truth[id]
  if (!wanted) continue
  const bytes = readFileSync(join(folder, 'html', file))
  const html = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  const began = performance.now()
  const offer = extractOffer(html, wanted.url ?? '')
  ms += performance.now() - began
  const said = {
    price: offer.price,
    'accepted price': offer.accepted ? offer.price : null,
    availability: offer.availability,
    sku: offer.sku,
  }
  for (const name of names) {
    const field = name === 'accepted price' ? 'price' : name
    const answers = wanted[field] ?? []
    const count = counts[name]
    if (answers.length > 0) count.wanted += 1
    if (said[name] === null || said[name] === undefined) {
      if (answers.length > 0 && flags.includes('--misses') && name !== 'accepted price')
        console.log(`${id.slice(0, 8)} ${name}: nothing, wanted ${answers} (${wanted.url})`)
      continue
    }
    count.said += 1
    if (answers.some((answer) => same[field](answer, said[name]))) count.right += 1
    else if (flags.includes('--misses'))
      console.log(
        `${id.slice(0, 8)} ${name}: ${said[name]}, wanted ${answers.length ? answers : 'nothing'} (${wanted.url}) ${field === 'price' ? JSON.stringify(offer.candidates.map((c) => `${c.source}/${c.role}:${c.amount}`)) : ''}`,
      )
  }
}
for (const name of names) {
  const { right, said, wanted } = counts[name]
  const [precision, recall] = [right / said, right / wanted]
  console.log(
    `${name}: F1 ${((2 * precision * recall) / (precision + recall)).toFixed(3)} (precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}; ${right} of ${said} said, ${wanted} wanted)`,
  )
}
console.log(`${(ms / Object.keys(truth).length).toFixed(1)} ms a page`)
