/** A mail template as its editor sends it: all blocks at once, and what was clicked. */

import { type FormValues, numbered, wholeNumber } from './form-values.ts'
import { BLOCK_KINDS, type MailBlock } from './mail-blocks.ts'

export interface TemplateWish {
  name: string
  subject: string
  preheader: string
  stream: string
  blocks: unknown[]
}

/** Still unread: the template's schema judges it. */
export function templateFromForm(values: FormValues): TemplateWish {
  const blocks = numbered(values, (at) => `block_${at}_kind`).map((at) => blockFrom(values, at))
  return {
    ...{ name: values.text('name'), subject: values.text('subject'), preheader: values.text('preheader') },
    ...{ stream: values.text('stream') || 'workspace', blocks: withDeed(blocks, values.text('deed')) },
  }
}

function blockFrom(values: FormValues, at: number): Record<string, unknown> {
  const of = (name: string) => values.text(`block_${at}_${name}`)
  const kind = of('kind')
  const align = of('align') === 'center' ? 'center' : 'left'
  const number = (name: string) => wholeNumber(values, `block_${at}_${name}`) ?? undefined
  switch (kind) {
    case 'heading':
    case 'text':
      return { kind, text: of('text'), align }
    case 'signature':
      return { kind, text: of('text') }
    case 'button':
      return { kind, label: of('label'), href: of('href'), align }
    case 'image':
      return { kind, src: of('src'), alt: of('alt'), href: of('href'), width: number('width') }
    case 'facts':
      return { kind, rows: rowsOf(of('rows')) }
    case 'list':
      return { kind, list: of('list'), most: number('most'), text: of('text') }
    case 'quote':
      return { kind, text: of('text'), by: of('by') }
    case 'space':
      return { kind, size: number('size') }
    default:
      return { kind }
  }
}

/** `Number: {{ trigger.invoice.number }}`, one a line. */
const rowsOf = (text: string): { name: string; value: string }[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const colon = line.indexOf(':')
      return colon < 0
        ? { name: line, value: '' }
        : { name: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }
    })

/** `up:2`, `down:2`, `remove:2`, `duplicate:2`, `add:button`; anything else leaves them as they are. */
function withDeed(blocks: Record<string, unknown>[], deed: string): Record<string, unknown>[] {
  const [verb = '', what = ''] = deed.split(':')
  if (verb === 'add') return [...blocks, blankBlock(what)]
  const at = Number(what)
  const block = blocks[at]
  if (!block || !Number.isInteger(at)) return blocks
  const rest = blocks.filter((_, index) => index !== at)
  switch (verb) {
    case 'remove':
      return rest
    case 'duplicate':
      return [...blocks.slice(0, at + 1), { ...block }, ...blocks.slice(at + 1)]
    case 'up':
    case 'down': {
      const to = Math.max(0, Math.min(rest.length, at + (verb === 'up' ? -1 : 1)))
      return [...rest.slice(0, to), block, ...rest.slice(to)]
    }
    default:
      return blocks
  }
}

/** A block to begin with. */
export function blankBlock(kind: string): MailBlock {
  switch (BLOCK_KINDS.find((one) => one === kind)) {
    case 'heading':
      return { kind: 'heading', text: 'A heading', align: 'left' }
    case 'button':
      return { kind: 'button', label: 'Look at it', href: 'https://', align: 'left' }
    case 'image':
      return { kind: 'image', src: 'https://', alt: '', href: '', width: 560 }
    case 'facts':
      return { kind: 'facts', rows: [{ name: 'Number', value: '{{ trigger.invoice.number }}' }] }
    case 'list':
      return { kind: 'list', list: 'steps.find.records', most: 20, text: '{{ item.name }}' }
    case 'quote':
      return { kind: 'quote', text: 'What somebody said.', by: '' }
    case 'divider':
      return { kind: 'divider' }
    case 'space':
      return { kind: 'space', size: 24 }
    case 'signature':
      return { kind: 'signature', text: 'Kind regards\n{{ workspace.name }}' }
    default:
      return { kind: 'text', text: 'Write here.', align: 'left' }
  }
}
