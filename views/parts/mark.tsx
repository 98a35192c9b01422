import { useFrame } from '../frame'
import { Icon } from './icon'

type Props = {
  /** The size of the default mark in pixels. */
  size?: 24 | 32
  /** The size of a picture that the host chose. */
  large?: number
}

/**
 * The mark of the community: the picture that the host chose, or the mark of the product. The name of the community
 * stands beside it, so it has no text.
 */
export function Mark({ size = 24, large = 28 }: Props) {
  const { mark } = useFrame()
  if (!mark) return <Icon name="aperture" size={size} />
  return <img class="logo" src={mark.urlOf('icon-192.png')} alt="" width={large} height={large} />
}
