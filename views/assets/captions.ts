import { findAll, onContent } from './dom'

/** Adds a “more” button to captions that are longer than three lines. */
export function watchCaptions() {
  onContent(() => {
    for (const caption of findAll('.caption.clamped')) {
      if (caption.scrollHeight <= caption.clientHeight + 1 || caption.nextElementSibling?.matches('.caption-more'))
        continue
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'caption-more'
      button.textContent = caption.dataset.more ?? ''
      button.addEventListener('click', () => {
        caption.classList.remove('clamped')
        caption.tabIndex = -1
        caption.focus()
        button.remove()
      })
      caption.after(button)
    }
  })
}
