/** The schemas' descriptions set code in backticks. */
export const Prose = ({ text = '' }: { text?: string | undefined }) => (
  <>{text.split('`').map((part, at) => (at % 2 ? <code>{part}</code> : part))}</>
)
