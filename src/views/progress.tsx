/** How far a long piece of work is, as a bar and in words. */

export interface ProgressProps {
  label: string
  value: number
  /** Absent: how much there is to do is not known yet. */
  max?: number | null
  words?: string
}

export function Progress({ label, value, max, words }: ProgressProps) {
  return (
    <div>
      <div class="mb-1 flex justify-between text-sm">
        <span>{label}</span>
        {words && <span class="text-base-content/75 tabular-nums">{words}</span>}
      </div>
      <progress
        class="progress progress-primary w-full"
        aria-label={label}
        {...(max ? { value, max } : {})}
      />
    </div>
  )
}
