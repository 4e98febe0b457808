/** Our mark and name. */

export function Mark({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect x="1" y="1" width="30" height="30" rx="8" class="fill-primary" />
      <path
        d="M8 21V14 M14 21V9 M20 21v-5"
        class="stroke-primary-content"
        stroke-width="3"
        stroke-linecap="round"
        fill="none"
      />
      <circle cx="24" cy="10" r="2.500" class="fill-accent" />
    </svg>
  )
}

export function Wordmark() {
  return (
    <span class="flex items-center gap-2 font-semibold tracking-tight">
      <Mark />
      SMB Command
    </span>
  )
}
