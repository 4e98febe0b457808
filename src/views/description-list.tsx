/** Facts about one thing, name beside value. */
import type { Child } from 'hono/jsx'

export function DescriptionList({ items }: { items: { label: string; value: Child }[] }) {
  return (
    <dl class="grid grid-cols-1 gap-x-6 gap-y-2 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
      {items.map((item) => (
        <>
          <dt class="text-base-content/75">{item.label}</dt>
          <dd class="min-w-0 break-words max-sm:mb-2">{item.value}</dd>
        </>
      ))}
    </dl>
  )
}
