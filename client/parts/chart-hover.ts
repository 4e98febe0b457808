// Line charts answer the pointer and the arrow keys with the values at a place, read from the table below them.

interface Reading {
  stage: HTMLElement
  svg: SVGSVGElement
  plot: SVGRectElement
  places: number[]
}

export function watchCharts(): void {
  for (const type of ['pointermove', 'pointerdown'] as const) {
    document.addEventListener(type, (event) => {
      const stage = stageOf(event.target)
      const reading = stage && readingOf(stage)
      if (reading) show(reading, nearest(reading, event.clientX))
    })
  }
  document.addEventListener('pointerout', (event) => {
    const stage = stageOf(event.target)
    if (stage && !stage.contains(event.relatedTarget as Node | null)) hide(stage)
  })
  document.addEventListener('focusout', (event) => {
    const stage = stageOf(event.target)
    if (stage) hide(stage)
  })
  document.addEventListener('keydown', walk)
  offerKeys()
  document.addEventListener('htmx:after:swap', offerKeys)
}

const stageOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>('[data-chart="line"] [data-chart-stage]') : null

/** Only where scripts run is a chart a stop for the keyboard. */
function offerKeys(): void {
  for (const stage of document.querySelectorAll<HTMLElement>(
    '[data-chart="line"] [data-chart-stage]:not([tabindex])',
  )) {
    stage.tabIndex = 0
    stage.setAttribute('role', 'group')
    stage.setAttribute('aria-label', 'Chart. Arrow keys read its values.')
  }
}

/** The picture that is shown, of the two that are there. */
function readingOf(stage: HTMLElement): Reading | null {
  const svg = Array.from(stage.querySelectorAll('svg')).find((one) => one.getClientRects().length > 0)
  const plot = svg?.querySelector<SVGRectElement>('rect[data-places]')
  if (!svg || !plot) return null
  const places = (plot.dataset.places ?? '').split(' ').map(Number)
  return { stage, svg, plot, places }
}

function nearest({ svg, places }: Reading, clientX: number): number {
  const box = svg.getBoundingClientRect()
  const x = ((clientX - box.left) / box.width) * svg.viewBox.baseVal.width
  return places.reduce(
    (best, place, index) => (Math.abs(place - x) < Math.abs((places[best] ?? 0) - x) ? index : best),
    0,
  )
}

function walk(event: KeyboardEvent): void {
  const stage = event.target === stageOf(event.target) ? (event.target as HTMLElement) : null
  const reading = stage && readingOf(stage)
  if (!reading) return
  const last = reading.places.length - 1
  const now = Number(reading.stage.dataset.at ?? -1)
  const next = { ArrowRight: Math.min(last, now + 1), ArrowLeft: Math.max(0, now - 1), Home: 0, End: last }[
    event.key
  ]
  if (event.key === 'Escape') hide(reading.stage)
  if (next === undefined) return
  event.preventDefault()
  show(reading, next)
}

function show({ stage, svg, plot, places }: Reading, index: number): void {
  const words = wordsAt(stage, index)
  const x = places[index]
  if (!words || x === undefined) {
    hide(stage)
    return
  }
  stage.dataset.at = String(index)
  const cursor = svg.querySelector<SVGLineElement>('.chart-cursor') ?? addCursor(svg)
  const top = plot.getAttribute('y') ?? '0'
  const bottom = String(Number(top) + Number(plot.getAttribute('height')))
  for (const [name, value] of Object.entries({ x1: `${x}`, x2: `${x}`, y1: top, y2: bottom }))
    cursor.setAttribute(name, value)
  const tip = stage.querySelector<HTMLElement>('.chart-tip') ?? addTip(stage)
  if (tip.textContent !== words) tip.textContent = words
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
  const beside = x * scale + 12
  const fits = beside + tip.offsetWidth < stage.clientWidth
  tip.style.left = `${Math.max(0, fits ? beside : x * scale - 12 - tip.offsetWidth)}px`
}

/** The row of the table at this place: its label, then a line a series. Nothing for a place without a label. */
function wordsAt(stage: HTMLElement, index: number): string | null {
  const table = stage.closest('figure')?.querySelector('table')
  const row = table?.tBodies[0]?.rows[index]
  const label = row?.cells[0]?.textContent
  if (!table || !row || !label) return null
  const names = Array.from(table.tHead?.rows[0]?.cells ?? []).map((cell) => cell.textContent ?? '')
  const lines = Array.from(row.cells)
    .slice(1)
    .flatMap((cell, place) => (cell.textContent ? `${names[place + 1]}: ${cell.textContent}` : []))
  return [label, ...lines].join('\n')
}

function hide(stage: HTMLElement): void {
  delete stage.dataset.at
  stage.querySelector('.chart-tip')?.remove()
  stage.querySelector('.chart-cursor')?.remove()
}

function addTip(stage: HTMLElement): HTMLElement {
  const tip = document.createElement('div')
  tip.className = 'chart-tip'
  tip.setAttribute('role', 'status')
  stage.append(tip)
  return tip
}

function addCursor(svg: SVGSVGElement): SVGLineElement {
  const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  cursor.setAttribute('class', 'chart-cursor')
  svg.append(cursor)
  return cursor
}
