/** The piece of an import's page that changes, as htmx swaps it into an open page. */
import { ImportProgress, type ImportProgressProps } from './import-progress.tsx'

export function importPieces(props: ImportProgressProps): string {
  return (
    <hx-partial hx-target="#import-progress" hx-swap="outerMorph">
      <ImportProgress {...props} />
    </hx-partial>
  ).toString()
}
