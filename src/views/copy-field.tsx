/** A text to copy: selectable by itself, with a button where scripts run. */

export interface CopyFieldProps {
  label: string
  value: string
  id: string
  hint?: string
}

export function CopyField({ label, value, id, hint }: CopyFieldProps) {
  return (
    <div>
      <label for={id} class="mb-1 block font-medium text-sm">
        {label}
      </label>
      <div class="join w-full">
        <input
          id={id}
          class="input join-item w-full font-mono text-sm"
          readonly
          value={value}
          data-copy-source
        />
        <button type="button" class="btn join-item border-base-300" data-copy={id}>
          Copy
        </button>
      </div>
      {hint && <p class="mt-1 text-base-content/75 text-xs">{hint}</p>}
    </div>
  )
}
