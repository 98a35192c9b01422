/** Renders the description of a schema, in which backticks mark code. */
export const Prose = ({ text = '' }: { text?: string | undefined }) => (
  <>{text.split('`').map((part, at) => (at % 2 ? <code>{part}</code> : part))}</>
)
