/** The words of a comment. Text stays text: the pieces become elements here, never markup of the writer's. */
import { commentParts } from '../domain/comment.ts'

export function CommentBody({ body, mine }: { body: string; mine?: string }) {
  return (
    <div class="whitespace-pre-wrap break-words text-sm">
      {commentParts(body).map((part) => {
        if (part.kind === 'text') return part.text
        if (part.kind === 'mention') {
          const look = part.personId === mine ? 'tone-warning' : 'tone-info'
          return <span class={`rounded px-1 font-medium ${look}`}>@{part.name}</span>
        }
        return (
          <a href={part.href} class="link break-all" rel="noopener noreferrer nofollow ugc" target="_blank">
            {part.text}
          </a>
        )
      })}
    </div>
  )
}
