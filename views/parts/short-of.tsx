import { useFrame } from '../frame'

/** Takes the place of a button that costs more coins than the viewer has: says how many are missing, and leads to the wallet. */
export function ShortOf({ price }: { price: number }) {
  const { t, coins } = useFrame()
  return (
    <a class="button" href="/coins" data-short-of={price}>
      {t(
        { one: '{n} coin short · Go to the wallet', other: '{n} coins short · Go to the wallet' },
        { n: price - (coins ?? 0) },
      )}
    </a>
  )
}
