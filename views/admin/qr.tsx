import qrcode from 'qrcode-generator'

/** Light around it, in modules, without which cameras do not find it (ISO/IEC 18004). */
const QUIET = 4

/** A drawing in one path; black on white whatever the colours around it are. `label` says where it leads. */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M') // 0: as large as the text needs; M bears a fold or a stain
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
