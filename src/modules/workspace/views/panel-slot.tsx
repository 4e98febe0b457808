/** A place in a page that a panel is loaded into; without scripts it is a link to the panel's own page. */
import { Icon, type IconName } from '../../../views/icon.tsx'

export interface SlotProps {
  subjectType: 'contact' | 'file' | 'import' | 'dashboard' | 'source'
  subjectId: string
}

/** What people say about the thing. */
export const CommentsSlot = (props: SlotProps) => (
  <Slot {...props} id="comments" path="/comments" icon="list" label="Discussion" />
)

/** The files that hang on the thing. */
export const FilesSlot = (props: SlotProps) => (
  <Slot {...props} id="files" path="/files/panel" icon="file" label="Files" />
)

interface PlaceProps extends SlotProps {
  id: string
  path: string
  icon: IconName
  label: string
}

function Slot({ subjectType, subjectId, id, path, icon, label }: PlaceProps) {
  const href = `${path}?${new URLSearchParams({ subject_type: subjectType, subject_id: subjectId })}`
  return (
    <div
      id={id}
      class="surface p-4"
      hx-get={href}
      hx-target={`#${id}`}
      hx-trigger="revealed"
      hx-swap="outerHTML"
    >
      <a href={href} class="link inline-flex items-center gap-2 text-sm">
        <Icon name={icon} size={16} />
        {label}
      </a>
    </div>
  )
}
