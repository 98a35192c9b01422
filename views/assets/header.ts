import { find } from './dom'

const SMALL = 6

/** The top steps out of the way while somebody reads on, and is back as soon as they turn round or reach it by key. */
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
