/** The API reference as a page, drawn from the OpenAPI document that the API itself serves. */
import { Alert } from './alert.tsx'
import { LinkButton } from './button.tsx'
import {
  type ApiAnswer,
  type ApiBody,
  type ApiOperation,
  type ApiParameter,
  readDocument,
} from './openapi.ts'
import type { SchemaRow } from './openapi-schema.ts'
import { PageHeader } from './page-header.tsx'

/** `document`: an OpenAPI 3.1 document as served at `/openapi.json`. */
export function ApiReference({ document }: { document: unknown }) {
  const book = readDocument(document)
  return (
    <div>
      <PageHeader
        title={`${book.title} API`}
        lead={book.description}
        actions={
          <LinkButton href="/openapi.json" icon="download" small>
            OpenAPI document
          </LinkButton>
        }
      />
      <Alert title="How to call it">
        Make a key under Settings, API keys, and send it as <code>Authorization: Bearer …</code>. In the
        examples, <code>$HOST</code> is the address of this page up to the first slash, <code>$KEY</code> your
        key. A key that begins with <code>scp_test_</code> works on test data. What happens is posted to your
        own programs by webhooks: see{' '}
        <a href="/docs/events" class="link">
          all events
        </a>
        .
      </Alert>
      <nav aria-label="Operations" class="mt-6 columns-1 gap-8 text-sm sm:columns-2">
        {book.groups.map((group) => (
          <div class="mb-4 break-inside-avoid">
            <p class="font-semibold">{group.tag}</p>
            <ul>
              {group.operations.map((operation) => (
                <li>
                  <a href={`#${operation.id}`} class="link-hover link inline-flex min-h-6 items-center">
                    {operation.summary || `${operation.method} ${operation.path}`}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </nav>
      {book.groups.map((group) => (
        <section aria-labelledby={group.id} class="mt-8">
          <h2 id={group.id} class="mb-3 font-semibold text-lg">
            {group.tag}
          </h2>
          <div class="flex flex-col gap-4">
            {group.operations.map((operation) => (
              <Operation operation={operation} />
            ))}
          </div>
        </section>
      ))}
    </div>
  )
}

const METHOD_TONE: Record<string, string> = { GET: 'tone-info', DELETE: 'tone-error', POST: 'tone-success' }

function Operation({ operation }: { operation: ApiOperation }) {
  return (
    <article id={operation.id} class="scroll-mt-4 rounded-box border border-base-300 bg-base-100 p-4 sm:p-5">
      <h3 class="flex flex-wrap items-center gap-2 font-mono text-sm">
        <span
          class={`rounded-md px-2 py-0.5 font-semibold text-xs ${METHOD_TONE[operation.method] ?? 'tone-warning'}`}
        >
          {operation.method}
        </span>
        <span class="min-w-0 break-all">{operation.path}</span>
      </h3>
      {operation.summary && <p class="mt-2 font-medium">{operation.summary}</p>}
      {operation.description && (
        <p class="mt-1 max-w-prose text-base-content/80 text-sm">
          <Words text={operation.description} />
        </p>
      )}
      {!operation.secured && <p class="mt-1 text-base-content/75 text-sm">Needs no key.</p>}
      {operation.parameters.length > 0 && (
        <Fields title="Parameters" of={operation} rows={operation.parameters.map(parameterRow)} />
      )}
      {operation.body && (
        <Fields title={`Body, ${operation.body.mediaType}`} of={operation} rows={operation.body.rows} />
      )}
      <Code label={`Example of ${operation.method} ${operation.path}`} text={operation.curl} />
      <Answers operation={operation} />
    </article>
  )
}

const parameterRow = (one: ApiParameter): SchemaRow => ({
  name: one.name,
  type: `${one.type}, ${one.place}`,
  required: one.required,
  description: one.description,
})

interface FieldsProps {
  title: string
  of: ApiOperation
  rows: SchemaRow[]
  /** An answer has its fields; only what is sent can be required. */
  answer?: boolean
}

function Fields({ title, of, rows, answer = false }: FieldsProps) {
  if (rows.length === 0) return null
  return (
    <div class="mt-4">
      <h4 class="mb-1 font-semibold text-sm">{title}</h4>
      <section class="overflow-x-auto" tabindex={0} aria-label={`${title} of ${of.method} ${of.path}`}>
        <table class="table-sm table [&_td]:align-top [&_th]:align-top">
          <thead class="sr-only">
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Type</th>
              <th scope="col">Meaning</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <th scope="row" class="whitespace-nowrap font-mono font-normal text-xs">
                  {row.name}
                  {row.required && !answer && <span class="ml-2 font-sans text-error">required</span>}
                </th>
                <td class="text-base-content/80 text-xs">{row.type}</td>
                <td class="text-xs">{row.description}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

/** The good answers in full, the refusals in a line each: they all have one shape. */
function Answers({ operation }: { operation: ApiOperation }) {
  const good = operation.answers.filter((answer) => !/^[45]/.test(answer.status))
  const refusals = operation.answers.filter((answer) => /^[45]/.test(answer.status))
  return (
    <div class="mt-4">
      <h4 class="mb-1 font-semibold text-sm">Answers</h4>
      {good.map((answer) => (
        <Answer answer={answer} of={operation} />
      ))}
      {refusals.length > 0 && (
        <details class="mt-2 text-sm">
          <summary class="min-h-6 cursor-pointer py-0.5 text-base-content/80">
            Refusals, as problem details (RFC 9457)
          </summary>
          <ul class="mt-1 grid gap-x-6 text-xs sm:grid-cols-2">
            {refusals.map((answer) => (
              <li>
                <code class="tabular-nums">{answer.status}</code> {answer.description}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  )
}

function Answer({ answer, of }: { answer: ApiAnswer; of: ApiOperation }) {
  const words = (
    <>
      <code class="tabular-nums">{answer.status}</code> {answer.description}
    </>
  )
  const body: ApiBody | null = answer.body?.example ? answer.body : null
  if (!body) return <p class="text-sm">{words}</p>
  return (
    <details class="text-sm">
      <summary class="min-h-6 cursor-pointer py-0.5">{words}</summary>
      <Fields title={`Fields of ${answer.status}`} of={of} rows={body.rows} answer />
      <Code label={`${answer.status} of ${of.method} ${of.path}`} text={body.example} />
    </details>
  )
}

/** Backquotes in a description mark code. */
function Words({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>
}

/** Can be reached by keyboard, because it scrolls. */
function Code({ label, text }: { label: string; text: string }) {
  return (
    <section class="mt-3 overflow-x-auto rounded-field bg-base-200 p-3" tabindex={0} aria-label={label}>
      <pre class="text-xs leading-relaxed">{text}</pre>
    </section>
  )
}
