import { find, findAll, on, onContent } from './dom'

const slidesOf = (inside: Element) => find('.slides', inside.closest('.carousel') ?? document)
/** The slide that is in view, or nearest to it while they move. The first is 0. */
export const indexOf = (slides: HTMLElement) => Math.round(slides.scrollLeft / (slides.clientWidth || 1))

const UNDER_WAY_MS = 600
const targets = new WeakMap<HTMLElement, { index: number; at: number }>()

const motion = (): ScrollBehavior => (matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth')

export function showSlide(slides: HTMLElement, index: number, behavior = motion()) {
  slides.scrollTo({ left: index * slides.clientWidth, behavior })
}

/** Moves by one slide. During an animation, it counts from the slide that the animation is heading for. */
export function stepSlides(slides: HTMLElement, by: number) {
  const last = targets.get(slides)
  const from = last && performance.now() - last.at < UNDER_WAY_MS ? last.index : indexOf(slides)
  const index = Math.min(Math.max(from + by, 0), slides.children.length - 1)
  targets.set(slides, { index, at: performance.now() })
  showSlide(slides, index)
}

export function watchCarousels() {
  const step = (from: Element, by: number) => {
    const slides = slidesOf(from)
    if (slides) stepSlides(slides, by)
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
  const [earlier, later] = [find('.step.earlier', carousel), find('.step.later', carousel)]
  const focused = document.activeElement
  earlier?.toggleAttribute('hidden', index === 0)
  later?.toggleAttribute('hidden', index === slides.children.length - 1)
  // A button that hides at the end passes the focus on, so that the keys go on from there.
  if (focused === later && later?.hidden) earlier?.focus()
  if (focused === earlier && earlier?.hidden) later?.focus()
}
