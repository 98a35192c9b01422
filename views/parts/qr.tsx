import qrcode from 'qrcode-generator'

/** Width of the empty margin in modules. Cameras need it to find the code (ISO/IEC 18004). */
const QUIET = 4

/** A QR code as an SVG. It is always black on white, so that cameras can read it in dark mode, too. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M') // 0 picks the smallest size that fits; M can be read despite a fold or a stain.
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const numbers = Array.from({ length: count }, (_, at) => at)
  const path = numbers
    .flatMap((y) => numbers.filter((x) => code.isDark(y, x)).map((x) => `M${x + QUIET} ${y + QUIET}h1v1h-1z`))
    .join('')
  const size = count + 2 * QUIET
  return (
    <svg class="qr" viewBox={`0 0 ${size} ${size}`} shape-rendering="crispEdges" role="img" aria-label={label}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
