// Line charts answer the pointer and the arrow keys with the values at a place.

export function watchCharts(): void {
  document.addEventListener('pointermove', (event) => {
    const place = (event.target as Element).closest?.('[data-chart-points] rect')
    if (place instanceof SVGRectElement) show(place)
  })
  document.addEventListener('pointerout', (event) => {
    const chart = (event.target as Element).closest?.('[data-chart]')
    if (chart && !chart.contains(event.relatedTarget as Node | null)) hide(chart)
  })
}

function show(place: SVGRectElement): void {
  const chart = place.closest<HTMLElement>('[data-chart]')
  const svg = place.ownerSVGElement
  if (!chart || !svg) return
  const tip = chart.querySelector<HTMLElement>('.chart-tip') ?? addTip(chart)
  const cursor = svg.querySelector<SVGLineElement>('.chart-cursor') ?? addCursor(svg)
  const x = Number(place.dataset.x)
  const top = place.getAttribute('y') ?? '0'
  cursor.setAttribute('x1', String(x))
  cursor.setAttribute('x2', String(x))
  cursor.setAttribute('y1', top)
  cursor.setAttribute('y2', String(Number(top) + Number(place.getAttribute('height'))))
  tip.textContent = place.dataset.words ?? ''
  const share = x / svg.viewBox.baseVal.width
  tip.style.left = `${Math.min(72, Math.max(0, share * 100 - 10))}%`
}

function hide(chart: Element): void {
  chart.querySelector('.chart-tip')?.remove()
  chart.querySelector('.chart-cursor')?.remove()
}

function addTip(chart: HTMLElement): HTMLElement {
  const tip = document.createElement('div')
  tip.className = 'chart-tip'
  chart.append(tip)
  return tip
}

function addCursor(svg: SVGSVGElement): SVGLineElement {
  const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'line')
  cursor.setAttribute('class', 'chart-cursor')
  svg.append(cursor)
  return cursor
}
