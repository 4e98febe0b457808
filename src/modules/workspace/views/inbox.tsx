/** A person's notifications: what is new first, everything on demand. */
import { Badge } from '../../../views/badge.tsx'
import { Button, LinkButton } from '../../../views/button.tsx'
import { EmptyState } from '../../../views/empty-state.tsx'
import { FilterBar, FilterSelect } from '../../../views/filter-bar.tsx'
import { PageHeader } from '../../../views/page-header.tsx'
import { Pagination } from '../../../views/pagination.tsx'
import { Tabs } from '../../../views/tabs.tsx'
import { Time } from '../../../views/time.tsx'

export interface InboxItem {
  id: string
  kind: string
  title: string
  body: string
  created_at: string
  read_at: string | null
}

export interface InboxPageProps {
  notices: InboxItem[]
  kinds: { kind: string; title: string }[]
  /** Counted up to a hundred. */
  unread: number
  show: 'unread' | 'all'
  kind: string
  next: string | null
  timeZone: string
  locale: string
}

export function InboxPage(props: InboxPageProps) {
  const { unread, show, kind } = props
  const actions = (
    <>
      {unread > 0 && (
        <form action="/notifications/read" method="post">
          <Button small icon="check">
            Mark all as read
          </Button>
        </form>
      )}
      <LinkButton href="/settings/notifications" small icon="settings">
        Choose what you hear
      </LinkButton>
    </>
  )
  const tab = (to: 'unread' | 'all') =>
    `/notifications?${new URLSearchParams({ show: to, ...(kind && { kind }) })}`
  return (
    <>
      <PageHeader title="Notifications" actions={actions} />
      <Tabs
        label="Which notifications"
        tabs={[
          {
            href: tab('unread'),
            label: unread >= 100 ? 'Unread (99+)' : `Unread (${unread})`,
            current: show === 'unread',
          },
          { href: tab('all'), label: 'All', current: show === 'all' },
        ]}
      />
      <KindFilter {...props} />
      {props.notices.length > 0 ? <NoticeList {...props} /> : <Nothing {...props} />}
      <Pagination next={props.next} />
    </>
  )
}

function KindFilter({ kinds, kind, show }: InboxPageProps) {
  if (kinds.length < 2 && !kind) return null
  const chosen = kinds.find((one) => one.kind === kind)
  return (
    <FilterBar
      action="/notifications"
      keep={{ show }}
      active={chosen ? [{ label: chosen.title, href: `/notifications?show=${show}` }] : []}
    >
      <FilterSelect
        label="Kind"
        name="kind"
        value={kind}
        options={kinds.map((one) => ({ value: one.kind, label: one.title }))}
      />
    </FilterBar>
  )
}

function NoticeList({ notices, kinds, timeZone, locale }: InboxPageProps) {
  const titles = new Map(kinds.map(({ kind, title }) => [kind, title]))
  return (
    <ul class="surface divide-y divide-base-300" aria-label="Notifications">
      {notices.map((notice) => (
        <li class="flex flex-wrap items-start gap-3 p-4" id={`notice-${notice.id}`}>
          <div class="min-w-0 flex-1 basis-60">
            <p class="flex flex-wrap items-center gap-2">
              <a
                href={`/notifications/${notice.id}/open`}
                class={`link-hover link break-words ${notice.read_at ? '' : 'font-semibold'}`}
              >
                {notice.title}
              </a>
              {!notice.read_at && <Badge tone="info">new</Badge>}
            </p>
            {notice.body && <p class="mt-1 whitespace-pre-line break-words text-sm">{notice.body}</p>}
            <p class="mt-1 text-base-content/75 text-xs">
              {titles.get(notice.kind) ?? notice.kind} ·{' '}
              <Time at={notice.created_at} timeZone={timeZone} locale={locale} />
            </p>
          </div>
          {!notice.read_at && (
            <form action={`/notifications/${notice.id}/read`} method="post">
              <Button small>
                Mark as read<span class="sr-only">: {notice.title}</span>
              </Button>
            </form>
          )}
        </li>
      ))}
    </ul>
  )
}

function Nothing({ show, kind }: InboxPageProps) {
  if (kind)
    return (
      <EmptyState icon="bell" title="Nothing of this kind" text="Take the filter away to see the rest." />
    )
  if (show === 'all')
    return (
      <EmptyState
        icon="bell"
        title="No notifications yet"
        text="Mentions, failed connections and whatever else needs you will be listed here."
      />
    )
  return (
    <EmptyState
      icon="check"
      title="You have read everything"
      text="What is new will be listed here."
      actions={
        <LinkButton href="/notifications?show=all" small>
          See all notifications
        </LinkButton>
      }
    />
  )
}
