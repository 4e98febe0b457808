/** What people say about a thing: the list, the oldest first, and the form to say more. Every deed is a form of its own. */
import type { FieldError } from '../../../platform/result.ts'
import { Alert } from '../../../views/alert.tsx'
import { Button } from '../../../views/button.tsx'
import { ErrorSummary, errorOf, Form, SubmitButton } from '../../../views/form.tsx'
import { Time } from '../../../views/time.tsx'
import { LONGEST_COMMENT } from '../domain/comment.ts'
import { CommentBody } from './comment-body.tsx'

export interface CommentItem {
  id: string
  authorId: string
  authorName: string
  body: string
  createdAt: string
  editedAt: string | null
}

export interface CommentsPanelProps {
  subject: { type: string; id: string; title: string }
  /** The newest first, as they are read. */
  comments: CommentItem[]
  /** The page of what was said before these. */
  earlierHref?: string | null
  members: { id: string; name: string }[]
  me: string
  mayWrite: boolean
  /** May delete what others wrote. */
  mayModerate: boolean
  timeZone: string
  locale: string
  /** Just deleted: can be put back. */
  deletedId?: string
  /** What was sent and not taken, for the new comment or the one that is edited. */
  failed?: { id: string | null; body: string; errors?: FieldError[] }
}

const SWAP = { target: '#comments', how: 'outerHTML' }

export function CommentsPanel(props: CommentsPanelProps) {
  const { comments, earlierHref, deletedId, mayWrite } = props
  return (
    <section id="comments" class="surface p-4 sm:p-5" aria-labelledby="comments-title">
      <h2 id="comments-title" class="mb-3 font-semibold">
        Discussion
      </h2>
      <div class="flex flex-col gap-4">
        {deletedId && <Deleted id={deletedId} />}
        {earlierHref && (
          <a href={earlierHref} class="link text-sm">
            What was said before
          </a>
        )}
        {comments.length === 0 && (
          <p class="text-base-content/75 text-sm">
            Nothing said yet. Write what colleagues should know; mention somebody and they are told.
          </p>
        )}
        <ol class="flex flex-col gap-4">
          {comments.toReversed().map((comment) => (
            <Comment comment={comment} {...props} />
          ))}
        </ol>
        {mayWrite && <NewComment {...props} />}
      </div>
    </section>
  )
}

function Deleted({ id }: { id: string }) {
  return (
    <Alert
      tone="info"
      actions={
        <Form action={`/comments/${id}/restoration`} swap={SWAP} class="contents">
          <Button small>Undo</Button>
        </Form>
      }
    >
      The comment is deleted.
    </Alert>
  )
}

function Comment({ comment, ...props }: CommentsPanelProps & { comment: CommentItem }) {
  const { timeZone, locale, me, mayWrite, mayModerate } = props
  const mine = comment.authorId === me && mayWrite
  return (
    <li id={`comment-${comment.id}`}>
      <article aria-label={`Comment by ${comment.authorName}`}>
        <p class="text-base-content/75 text-xs">
          <span class="font-medium text-base-content text-sm">{comment.authorName}</span>{' '}
          <Time at={comment.createdAt} timeZone={timeZone} locale={locale} />
          {comment.editedAt && ' · edited'}
        </p>
        <CommentBody body={comment.body} mine={me} />
        <div class="mt-1 flex items-start gap-3">
          {mine && <EditComment comment={comment} {...props} />}
          {(mine || mayModerate) && (
            <Form action={`/comments/${comment.id}/deletion`} swap={SWAP} class="contents">
              <button type="submit" class="link min-h-6 text-base-content/75 text-xs">
                Delete<span class="sr-only"> the comment by {comment.authorName}</span>
              </button>
            </Form>
          )}
        </div>
      </article>
    </li>
  )
}

function EditComment({ comment, failed }: CommentsPanelProps & { comment: CommentItem }) {
  const again = failed?.id === comment.id ? failed : undefined
  return (
    <details class="min-w-0 open:flex-1" open={again !== undefined}>
      <summary class="link min-h-6 list-none text-base-content/75 text-xs">Edit</summary>
      <Form action={`/comments/${comment.id}`} swap={SWAP} class="mt-2 flex flex-col gap-2">
        <Words
          id={`edit-${comment.id}`}
          label="Your comment"
          value={again?.body ?? comment.body}
          error={errorOf(again?.errors, 'body')}
        />
        <SubmitButton>Save</SubmitButton>
      </Form>
    </details>
  )
}

function NewComment({ subject, members, me, failed }: CommentsPanelProps) {
  const again = failed?.id === null ? failed : undefined
  const others = members.filter((member) => member.id !== me)
  return (
    <Form action="/comments" swap={SWAP} class="flex flex-col gap-3 border-base-300 border-t pt-4">
      {again?.errors?.some((error) => error.path !== 'body') && <ErrorSummary errors={again.errors} />}
      <input type="hidden" name="subject_type" value={subject.type} />
      <input type="hidden" name="subject_id" value={subject.id} />
      <Words id="body" label="Say something" value={again?.body} error={errorOf(again?.errors, 'body')} />
      {others.length > 0 && (
        <details>
          <summary class="link min-h-6 list-none text-sm">Mention somebody</summary>
          <label for="mentions" class="mt-2 mb-1 block text-base-content/75 text-xs">
            Whoever is chosen is told of the comment. Several: hold Ctrl or ⌘.
          </label>
          <select
            id="mentions"
            name="mentions"
            multiple
            size={Math.min(6, others.length)}
            class="select h-auto w-full"
          >
            {others.map((member) => (
              <option value={member.id}>{member.name}</option>
            ))}
          </select>
        </details>
      )}
      <SubmitButton>Comment</SubmitButton>
    </Form>
  )
}

function Words({ id, label, value, error }: { id: string; label: string; value?: string; error?: string }) {
  return (
    <div>
      <label for={id} class="mb-1 block font-medium text-sm">
        {label}
      </label>
      <textarea
        id={id}
        name="body"
        rows={3}
        required
        maxlength={LONGEST_COMMENT}
        class={`textarea w-full ${error ? 'textarea-error' : ''}`}
        aria-invalid={error ? 'true' : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      >
        {value}
      </textarea>
      {error && (
        <p id={`${id}-error`} class="mt-1 text-error text-sm">
          {error}
        </p>
      )}
    </div>
  )
}
