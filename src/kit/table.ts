/** Sorting and filtering of tables by their address: `sort=name` rises, `sort=-name` falls; any change begins at the first page. */

export interface SortState {
  key: string
  direction: 'ascending' | 'descending'
}

/** The sort that an address asks for; a key that is not `allowed` is as good as none. */
export function readSort(
  search: URLSearchParams,
  allowed: readonly string[],
  fallback: SortState,
): SortState {
  const asked = search.get('sort') ?? ''
  const key = asked.replace(/^-/, '')
  if (!allowed.includes(key)) return fallback
  return { key, direction: asked.startsWith('-') ? 'descending' : 'ascending' }
}

export interface ColumnSort {
  href: string
  direction: 'ascending' | 'descending' | 'none'
}

/** The link in a column's head: the other way round where the table is sorted by it, else rising (numbers falling). */
export function columnSort(
  address: { path: string; search: URLSearchParams },
  key: string,
  now: SortState,
  first: SortState['direction'] = 'ascending',
): ColumnSort {
  const direction = now.key === key ? now.direction : 'none'
  const next = direction === 'none' ? first : direction === 'ascending' ? 'descending' : 'ascending'
  return { href: withParameter(address, 'sort', next === 'descending' ? `-${key}` : key), direction }
}

/** The same address with one parameter set, or removed with null; the cursor goes, because it belongs to the old list. */
export function withParameter(
  address: { path: string; search: URLSearchParams },
  name: string,
  value: string | null,
): string {
  const search = new URLSearchParams(address.search)
  search.delete('cursor')
  if (value === null) search.delete(name)
  else search.set(name, value)
  const query = search.toString()
  return query === '' ? address.path : `${address.path}?${query}`
}
