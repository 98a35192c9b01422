import { find } from './dom'

const SMALL = 6

/** Hides the header while the person scrolls down. It returns when they scroll up or move the focus into it. */
export function watchHeader() {
  const top = find('.top')
  if (!top) return
  let last = scrollY
  addEventListener(
    'scroll',
    () => {
      if (Math.abs(scrollY - last) < SMALL) return
      top.classList.toggle('away', scrollY > last && scrollY > top.offsetHeight)
      last = scrollY
    },
    { passive: true },
  )
  top.addEventListener('focusin', () => top.classList.remove('away'))
}
