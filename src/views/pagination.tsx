/** On to the next page by a link that carries the cursor; back by the browser or to the beginning. */

export interface PaginationProps {
  next?: string | null
  first?: string | null
  /** Words about what is shown, e.g. `50 of 1,204 orders`. */
  shown?: string
}

export function Pagination({ next, first, shown }: PaginationProps) {
  if (!next && !first && !shown) return null
  return (
    <nav aria-label="Pages" class="mt-4 flex flex-wrap items-center gap-3 text-sm">
      {shown && <p class="text-base-content/75">{shown}</p>}
      <span class="ml-auto flex gap-2">
        {first && (
          <a href={first} class="btn btn-sm border-base-300 bg-base-100">
            First page
          </a>
        )}
        {next && (
          <a href={next} rel="next" class="btn btn-sm border-base-300 bg-base-100">
            Next page
          </a>
        )}
      </span>
    </nav>
  )
}
