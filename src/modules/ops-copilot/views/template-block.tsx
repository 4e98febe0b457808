/** One block of a mail template as fields, with its buttons. */
import type { FieldError } from '../../../platform/result.ts'
import { errorOf, Field, SelectField, TextareaField } from '../../../views/form.tsx'
import { Icon, type IconName } from '../../../views/icon.tsx'
import type { MailBlock } from '../domain/mail-blocks.ts'

export const BLOCK_NAMES: Record<MailBlock['kind'], string> = {
  heading: 'Heading',
  text: 'Text',
  button: 'Button',
  image: 'Picture',
  facts: 'Facts',
  list: 'List',
  quote: 'Quote',
  divider: 'Line',
  space: 'Space',
  signature: 'Signature',
}

export function BlockFields(props: {
  block: MailBlock
  at: number
  of: number
  errors?: FieldError[]
  mayWrite: boolean
}) {
  const { block, at, of, errors, mayWrite } = props
  return (
    <fieldset class="flex flex-col gap-3">
      <legend class="sr-only">
        {BLOCK_NAMES[block.kind]}, block {at + 1}
      </legend>
      <input type="hidden" name={`block_${at}_kind`} value={block.kind} />
      <div class="flex items-center gap-1">
        <span class="flex-1 font-medium text-sm">{BLOCK_NAMES[block.kind]}</span>
        {mayWrite && (
          <>
            <Deed deed={`up:${at}`} icon="up" label={`Move block ${at + 1} up`} disabled={at === 0} />
            <Deed
              deed={`down:${at}`}
              icon="down"
              label={`Move block ${at + 1} down`}
              disabled={at === of - 1}
            />
            <Deed deed={`duplicate:${at}`} icon="copy" label={`Duplicate block ${at + 1}`} />
            <Deed deed={`remove:${at}`} icon="trash" label={`Remove block ${at + 1}`} />
          </>
        )}
      </div>
      <Own block={block} at={at} errors={errors} />
    </fieldset>
  )
}

function Deed({
  deed,
  icon,
  label,
  disabled,
}: {
  deed: string
  icon: IconName
  label: string
  disabled?: boolean
}) {
  return (
    <button
      type="submit"
      name="deed"
      value={deed}
      class="btn btn-ghost btn-sm btn-square"
      aria-label={label}
      disabled={disabled}
      formnovalidate
    >
      <Icon name={icon} size={16} />
    </button>
  )
}

function Own({ block, at, errors }: { block: MailBlock; at: number; errors?: FieldError[] }) {
  const name = (field: string) => `block_${at}_${field}`
  const error = (field: string) => errorOf(errors, `blocks.${at}.${field}`)
  const align = 'align' in block && (
    <SelectField
      label="Stands"
      name={name('align')}
      value={block.align}
      options={[
        { value: 'left', label: 'to the left' },
        { value: 'center', label: 'in the middle' },
      ]}
    />
  )
  switch (block.kind) {
    case 'heading':
      return (
        <>
          <Field label="Heading" name={name('text')} value={block.text} error={error('text')} />
          {align}
        </>
      )
    case 'text':
      return (
        <>
          <TextareaField
            label="Text"
            name={name('text')}
            value={block.text}
            rows={5}
            error={error('text')}
            hint="An empty line parts paragraphs; **words** are strong, [words](address) is a link, lines with “- ” are a list."
          />
          {align}
        </>
      )
    case 'signature':
      return (
        <TextareaField
          label="Signature"
          name={name('text')}
          value={block.text}
          rows={3}
          error={error('text')}
        />
      )
    case 'button':
      return (
        <>
          <Field label="Words" name={name('label')} value={block.label} error={error('label')} />
          <Field label="Leads to" name={name('href')} value={block.href} error={error('href')} />
          {align}
        </>
      )
    case 'image':
      return (
        <>
          <Field
            label="Address of the picture"
            name={name('src')}
            value={block.src}
            error={error('src')}
            hint="https only."
          />
          <Field label="What it shows, in words" name={name('alt')} value={block.alt} required={false} />
          <Field label="Leads to" name={name('href')} value={block.href} required={false} />
          <Field
            label="Width"
            name={name('width')}
            type="number"
            min="16"
            max="600"
            value={String(block.width)}
          />
        </>
      )
    case 'facts':
      return (
        <TextareaField
          label="One a line, with a colon"
          name={name('rows')}
          value={block.rows.map((row) => `${row.name}: ${row.value}`).join('\n')}
          rows={4}
          error={error('rows')}
        />
      )
    case 'list':
      return (
        <>
          <Field label="For each of" name={name('list')} value={block.list} error={error('list')} />
          <Field label="A line" name={name('text')} value={block.text} hint="{{ item.name }} is its name." />
          <Field
            label="At most"
            name={name('most')}
            type="number"
            min="1"
            max="100"
            value={String(block.most)}
          />
        </>
      )
    case 'quote':
      return (
        <>
          <TextareaField label="Quote" name={name('text')} value={block.text} rows={3} />
          <Field label="By" name={name('by')} value={block.by} required={false} />
        </>
      )
    case 'space':
      return (
        <Field label="Height" name={name('size')} type="number" min="4" max="80" value={String(block.size)} />
      )
    case 'divider':
      return null
  }
}
