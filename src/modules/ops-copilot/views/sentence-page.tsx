/** An automation said in words: what was understood, as steps, before anything is kept. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { LinkButton } from '../../../views/button.tsx'
import { errorOf, SubmitButton, TextareaField } from '../../../views/form.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import type { OutlineLine } from '../domain/outline.ts'

export function SentenceForm({ sentence, errors }: { sentence: string; errors?: FieldError[] }) {
  return (
    <form action="/ops/words" method="post" class="surface mb-8 flex flex-col gap-3 p-4">
      <TextareaField
        label="Say what should happen"
        name="sentence"
        value={sentence}
        rows={2}
        error={errorOf(errors, 'sentence')}
        hint="When an invoice is 7 days overdue, email the customer, wait 3 days, and if still unpaid create a task for me."
      />
      <SubmitButton>Make a draft of it</SubmitButton>
    </form>
  )
}

export function SentencePage(props: {
  sentence: string
  outline: OutlineLine[] | null
  unread: string[]
  choose: string[]
  byHand: boolean
  errors?: FieldError[]
}) {
  const { sentence, outline, unread, choose, byHand, errors } = props
  return (
    <>
      <PageHeader
        title="In words"
        crumbs={[
          { href: '/ops', label: 'Automations' },
          { href: '/ops/new', label: 'New' },
        ]}
        lead="Read by rules, without any model. Nothing is kept before you say so, and nothing runs before you publish it."
      />
      <SentenceForm sentence={sentence} errors={errors} />
      {outline && (
        <section class="max-w-2xl">
          <h2 class="mb-2 font-semibold">This is what it would be</h2>
          <Outline lines={outline} />
          {byHand && <p class="mt-3 text-sm">You did not say when: it is started by hand.</p>}
          {unread.length > 0 && (
            <div class="mt-3">
              <Alert tone="warning" title="These words had no meaning here">
                {unread.join(' · ')}
              </Alert>
            </div>
          )}
          {choose.length > 0 && (
            <div class="mt-3">
              <Alert tone="info" title="Still to be chosen">
                <ul class="list-disc pl-5">
                  {choose.map((one) => (
                    <li>{one}</li>
                  ))}
                </ul>
              </Alert>
            </div>
          )}
          <form action="/ops/words" method="post" class="mt-4 flex flex-wrap gap-2">
            <input type="hidden" name="sentence" value={sentence} />
            <button type="submit" name="keep" value="yes" class="btn btn-primary">
              Keep it as a draft
            </button>
            <LinkButton href="/ops/new">Begin otherwise</LinkButton>
          </form>
        </section>
      )}
    </>
  )
}

const INDENT = ['', 'pl-6', 'pl-12', 'pl-18', 'pl-24']

export function Outline({ lines }: { lines: readonly OutlineLine[] }) {
  return (
    <ul class="surface flex flex-col gap-1 p-4 text-sm">
      {lines.map(({ depth, number, text, detail }) => (
        <li class={`break-words ${INDENT[Math.min(depth, INDENT.length - 1)]}`}>
          {number && <span class="mr-2 text-base-content/75 tabular-nums">{number}</span>}
          {text}
          {detail && <span class="block text-base-content/75 text-xs">{detail}</span>}
        </li>
      ))}
    </ul>
  )
}
