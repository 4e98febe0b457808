/** Words on a dashboard. */
import { type Block, type Inline, parseMarkdown } from '../domain/markdown.ts'
import type { WidgetProps } from './dashboard-widget-props.ts'

export function TextWidget({ item: { widget } }: Pick<WidgetProps, 'item'>) {
  return (
    <>
      <h2 class="font-semibold">{widget.title}</h2>
      <div class="mt-2 max-w-prose space-y-2 text-sm">
        {parseMarkdown(widget.text ?? '').map((block) => (
          <BlockView block={block} />
        ))}
      </div>
    </>
  )
}

/** The widget's title is the h2, so headings start at h3. */
function BlockView({ block }: { block: Block }) {
  if (block.kind === 'paragraph') return <p>{block.parts.map(inline)}</p>
  if (block.kind === 'list') {
    const items = block.items.map((parts) => <li>{parts.map(inline)}</li>)
    return block.ordered ? (
      <ol class="list-decimal pl-5">{items}</ol>
    ) : (
      <ul class="list-disc pl-5">{items}</ul>
    )
  }
  const parts = block.parts.map(inline)
  if (block.level === 1) return <h3 class="font-semibold text-lg">{parts}</h3>
  if (block.level === 2) return <h4 class="font-semibold">{parts}</h4>
  return <h5 class="font-medium">{parts}</h5>
}

function inline(part: Inline) {
  if (part.kind === 'bold') return <strong>{part.text}</strong>
  if (part.kind === 'italic') return <em>{part.text}</em>
  if (part.kind !== 'link') return <>{part.text}</>
  return (
    <a class="link" href={part.href} rel="noopener noreferrer">
      {part.text}
    </a>
  )
}
