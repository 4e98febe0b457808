/** Line icons on a 24 by 24 grid, drawn with the text colour. Decorative: the words beside them carry the meaning. */

const PATHS = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  chart: 'M4 20V4 M4 20h16 M8 16v-4 M12 16V8 M16 16v-6',
  settings: 'M4 7h10 M18 7h2 M16 5v4 M4 17h2 M10 17h10 M8 15v4 M4 12h6 M14 12h6 M12 10v4',
  search: 'M11 18a7 7 0 1 1 0-14 7 7 0 0 1 0 14z M20 20l-4-4',
  upload: 'M12 16V5 M7 10l5-5 5 5 M5 19h14',
  download: 'M12 5v11 M7 11l5 5 5-5 M5 20h14',
  check: 'M5 12.5 10 17 19 7',
  close: 'M6 6l12 12 M18 6 6 18',
  warning: 'M12 4 21 19H3z M12 10v4 M12 16.5v.5',
  info: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z M12 11v5 M12 8v.5',
  up: 'M12 19V6 M6 11l6-6 6 6',
  down: 'M12 5v13 M6 13l6 6 6-6',
  updown: 'M8 9l4-4 4 4 M8 15l4 4 4-4',
  right: 'M5 12h14 M13 6l6 6-6 6',
  plus: 'M12 5v14 M5 12h14',
  user: 'M12 12a4 4 0 1 1 0-8 4 4 0 0 1 0 8z M5 20c1-4 4-5 7-5s6 1 7 5',
  users:
    'M9 12a3.5 3.5 0 1 1 0-7 3.5 3.5 0 0 1 0 7z M3 19c.6-3 3-4.5 6-4.5s5.400 1.500 6 4.500 M16 5.500a3 3 0 0 1 0 6 M18 14.800c1.800.600 2.800 2 3 4.200',
  key: 'M8 16a4 4 0 1 1 3.500-6H21v3h-2v2h-3v-2h-4.500A4 4 0 0 1 8 16z',
  shield: 'M12 3 5 6v6c0 4 3 7.500 7 9 4-1.500 7-5 7-9V6z M9 12l2 2 4-4',
  mail: 'M4 6h16v12H4z M4 7l8 6 8-6',
  bell: 'M6 16V11a6 6 0 1 1 12 0v5l1.500 2h-15z M10 20.500h4',
  plug: 'M9 4v5 M15 4v5 M6 9h12v3a6 6 0 0 1-12 0z M12 18v3',
  file: 'M7 3h7l4 4v14H7z M14 3v4h4',
  table: 'M4 5h16v14H4z M4 10h16 M10 5v14',
  clock: 'M12 21a9 9 0 1 1 0-18 9 9 0 0 1 0 18z M12 7v5l3 2',
  refresh: 'M20 11a8 8 0 0 0-14-4L4 9 M4 4v5h5 M4 13a8 8 0 0 0 14 4l2-2 M20 20v-5h-5',
  trash: 'M5 7h14 M9 7V4h6v3 M7 7l1 13h8l1-13',
  edit: 'M4 20l1-4L16 5l3 3L8 19z',
  copy: 'M8 8h11v12H8z M5 16V4h11',
  menu: 'M4 7h16 M4 12h16 M4 17h16',
  list: 'M9 6h11 M9 12h11 M9 18h11 M4.500 6h.5 M4.500 12h.5 M4.500 18h.5',
  dots: 'M6 12h.5 M12 12h.5 M18 12h.5',
  building: 'M5 21V4h9v17 M14 9h5v12 M8 8h3 M8 12h3 M8 16h3 M3 21h18',
  book: 'M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z M5 17a3 3 0 0 1 3-3h11',
  sun: 'M12 16a4 4 0 1 1 0-8 4 4 0 0 1 0 8z M12 2v2 M12 20v2 M2 12h2 M20 12h2 M5 5l1.500 1.500 M17.500 17.500 19 19 M19 5l-1.500 1.500 M6.500 17.500 5 19',
  out: 'M10 4H5v16h5 M14 8l4 4-4 4 M18 12H9',
  spark: 'M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2z',
} as const

export type IconName = keyof typeof PATHS

export const ICONS = Object.keys(PATHS) as IconName[]

export function Icon({
  name,
  size = 18,
  class: className,
}: {
  name: IconName
  size?: number
  class?: string
}) {
  return (
    <svg
      class={`shrink-0 ${className ?? ''}`}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
