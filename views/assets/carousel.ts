import { find, findAll, on, onContent } from './dom'

const slidesOf = (inside: Element) => find('.slides', inside.closest('.carousel') ?? document)
export const indexOf = (slides: HTMLElement) => Math.round(slides.scrollLeft / (slides.clientWidth || 1))

export function showSlide(slides: HTMLElement, index: number, behavior: ScrollBehavior = 'smooth') {
  slides.scrollTo({ left: index * slides.clientWidth, behavior })
}

export function watchCarousels() {
  const step = (from: Element, by: number) => {
    const slides = slidesOf(from)
    if (slides) showSlide(slides, indexOf(slides) + by)
  }
  on('click', '.step', (button) => step(button, button.classList.contains('earlier') ? -1 : 1))
  on('keydown', '.carousel .slides', (slides, event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
    event.preventDefault()
    step(slides, event.key === 'ArrowLeft' ? -1 : 1)
  })
  on('scroll', '.carousel .slides', mark, { capture: true, passive: true })
  onContent(() => findAll('.carousel .slides').forEach(mark))
}

function mark(slides: HTMLElement) {
  const carousel = slides.closest('.carousel') ?? document
  const index = indexOf(slides)
  for (const [at, dot] of findAll('.dots i', carousel).entries()) dot.classList.toggle('on', at === index)
  find('.step.earlier', carousel)?.toggleAttribute('hidden', index === 0)
  find('.step.later', carousel)?.toggleAttribute('hidden', index === slides.children.length - 1)
}
