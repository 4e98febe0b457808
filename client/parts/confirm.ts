// A dialog asks before a form marked `data-confirm` is sent; its words stand in the form's own template.

export function watchConfirms(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-confirm]')) return
    if (form.querySelector('input[name="confirmed"]')) return
    const template = form.querySelector('template')
    if (!template) return
    event.preventDefault()
    ask(template).then((yes) => {
      if (!yes) return
      const field = document.createElement('input')
      field.type = 'hidden'
      field.name = 'confirmed'
      field.value = 'yes'
      form.append(field)
      form.requestSubmit()
      // Back on this page, the question is asked anew.
      setTimeout(() => field.remove())
    })
  })
}

function ask(template: HTMLTemplateElement): Promise<boolean> {
  const dialog = document.createElement('dialog')
  dialog.className = 'modal'
  const box = document.createElement('div')
  box.className = 'modal-box'
  box.append(template.content.cloneNode(true))
  dialog.append(box)
  const title = box.querySelector('[data-confirm-title]')
  if (title) {
    title.id = 'confirm-title'
    dialog.setAttribute('aria-labelledby', title.id)
  }
  document.body.append(dialog)
  dialog.showModal()
  return new Promise((resolve) => {
    box.querySelector('[data-confirm-yes]')?.addEventListener('click', () => dialog.close('yes'))
    box.querySelector('[data-confirm-no]')?.addEventListener('click', () => dialog.close('no'))
    dialog.addEventListener('close', () => {
      dialog.remove()
      resolve(dialog.returnValue === 'yes')
    })
  })
}
