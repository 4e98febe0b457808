/** A short message that goes by itself. */
import { Icon } from './icon.tsx'

export function Toast({ text, tone = 'success' }: { text: string; tone?: 'success' | 'error' }) {
  return (
    <div
      class={`flex items-center gap-3 rounded-box px-4 py-3 text-sm shadow-lg toast-${tone}`}
      data-toast={tone}
    >
      <Icon name={tone === 'success' ? 'check' : 'warning'} size={16} />
      <span>{text}</span>
    </div>
  )
}
