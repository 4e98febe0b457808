/** Naming the sites that may frame a shared dashboard, and the HTML to paste there. */
import { CopyField } from '../../../views/copy-field.tsx'

export function SitesField() {
  return (
    <label class="flex w-full flex-col gap-1 text-xs">
      <span class="text-base-content/80">
        Sites that may show it in a frame, e.g. https://intranet.example.com (nothing: none)
      </span>
      <input name="sites" class="input input-sm w-full" maxlength={600} inputmode="url" />
    </label>
  )
}

export function EmbedFields({ embed }: { embed: { url: string; snippet: string } }) {
  return (
    <div class="mt-3 flex flex-col gap-3">
      <CopyField
        label="HTML for your page; it is shown this once"
        id="made-frame"
        value={embed.snippet}
        hint="Only the sites you named can show it. Put ?theme=light or ?theme=dark behind the address to fix its look; without it the visitor’s own is taken."
      />
      <a class="link text-sm" href={embed.url} target="_blank" rel="noreferrer">
        See how it looks
      </a>
    </div>
  )
}
