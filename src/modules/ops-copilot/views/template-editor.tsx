/** The editor of a mail template: its blocks one below the other, and beside them how it looks on a real record. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { ConfirmButton } from '../../../views/confirm.tsx'
import { ErrorSummary, errorOf, Field, Form, SelectField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { BLOCK_KINDS, type MailBlock } from '../domain/mail-blocks.ts'
import type { ScopeGroup } from '../domain/scope-fields.ts'
import { FieldPicker, FieldSuggestions } from './field-picker.tsx'
import { BLOCK_NAMES, BlockFields } from './template-block.tsx'

export interface TemplateEditorProps {
  template: {
    id: string
    name: string
    subject: string
    preheader: string
    stream: 'workspace' | 'marketing'
    blocks: MailBlock[]
    version: number
  }
  subjects: { value: string; label: string }[]
  about: string
  lacking: string | null
  failure: string | null
  text: string
  groups: ScopeGroup[]
  mayWrite: boolean
  errors?: FieldError[]
}

export function TemplateEditorPage(props: TemplateEditorProps) {
  const { template, groups, errors, mayWrite } = props
  const base = `/ops/templates/${template.id}`
  return (
    <>
      <PageHeader
        title={template.name}
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/templates', label: 'Templates' },
        ]}
        actions={
          mayWrite ? (
            <form action={`${base}/test`} method="post">
              <input type="hidden" name="about" value={props.about} />
              <button type="submit" class="btn btn-sm border-base-300 bg-base-100">
                Send me a test
              </button>
            </form>
          ) : undefined
        }
      />
      <FieldSuggestions id="step-fields" groups={groups} />
      <div class="grid items-start gap-5 xl:grid-cols-2">
        <div class="min-w-0">
          {errors && <ErrorSummary errors={errors} />}
          <Editor {...props} base={base} />
          {mayWrite && (
            <div class="mt-6">
              <ConfirmButton
                action={`${base}/delete`}
                label="Remove this template"
                title={`Remove “${template.name}”?`}
                text="Automations that use it go on with it; it can be chosen no more."
                confirmLabel="Remove the template"
              />
            </div>
          )}
        </div>
        <aside class="min-w-0 xl:sticky xl:top-20" aria-label="How it looks">
          <Preview {...props} base={base} />
          <div class="mt-4">
            <FieldPicker groups={groups} />
          </div>
        </aside>
      </div>
      <script type="module" src="/js/flow.js" />
    </>
  )
}

function Editor({ template, base, errors, mayWrite }: TemplateEditorProps & { base: string }) {
  return (
    <Form action={base}>
      <input type="hidden" name="version" value={String(template.version)} />
      <Field label="Name" name="name" value={template.name} maxlength={120} error={errorOf(errors, 'name')} />
      <Field
        label="Subject"
        name="subject"
        value={template.subject}
        maxlength={300}
        error={errorOf(errors, 'subject')}
      />
      <Field
        label="What inboxes show after the subject"
        name="preheader"
        value={template.preheader}
        maxlength={300}
        required={false}
      />
      <SelectField
        label="Kind of mail"
        name="stream"
        value={template.stream}
        options={[
          { value: 'workspace', label: 'About business between you: no unsubscribe link' },
          { value: 'marketing', label: 'Marketing: needs consent, carries an unsubscribe link' },
        ]}
      />
      <ol class="flex flex-col gap-3" aria-label="Blocks">
        {template.blocks.map((block, at) => (
          <li class="surface p-3">
            <BlockFields
              block={block}
              at={at}
              of={template.blocks.length}
              errors={errors}
              mayWrite={mayWrite}
            />
          </li>
        ))}
      </ol>
      {mayWrite && (
        <>
          <div class="flex flex-wrap gap-2">
            {BLOCK_KINDS.map((kind) => (
              <button
                type="submit"
                name="deed"
                value={`add:${kind}`}
                class="btn btn-sm border-base-300 bg-base-100"
                formnovalidate
              >
                + {BLOCK_NAMES[kind]}
              </button>
            ))}
          </div>
          <button type="submit" class="btn btn-primary self-start">
            Save
          </button>
        </>
      )}
    </Form>
  )
}

function Preview({
  base,
  about,
  subjects,
  lacking,
  failure,
  text,
  template,
}: TemplateEditorProps & { base: string }) {
  const query = about ? `?${new URLSearchParams({ about })}` : ''
  return (
    <>
      <form action={base} method="get" class="mb-2 flex items-end gap-2">
        <div class="min-w-0 flex-1">
          <SelectField
            label="As it looks for"
            name="about"
            value={about}
            options={[{ value: '', label: 'the newest records' }, ...subjects]}
          />
        </div>
        <button type="submit" class="btn border-base-300 bg-base-100">
          Show
        </button>
      </form>
      {failure && <Alert tone="error" title={failure} />}
      {!failure && lacking && <Alert tone="warning">{lacking}</Alert>}
      {!failure && (
        <>
          <iframe
            class="mt-2 h-[32rem] w-full rounded-box border border-base-300 bg-white"
            src={`/preview/templates/${template.id}${query}`}
            title="The mail as it looks"
            loading="lazy"
          />
          <details class="mt-2 text-sm">
            <summary class="cursor-pointer">As plain text</summary>
            <pre class="mt-1 whitespace-pre-wrap rounded-box bg-base-200 p-3 text-xs">{text}</pre>
          </details>
        </>
      )}
    </>
  )
}
