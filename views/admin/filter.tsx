type Props = {
  /** What is chosen between. */
  label: string
  choices: { href: string; name: string; here: boolean }[]
}

/** Which of a list are shown. */
export const Filter = ({ label, choices }: Props) => (
  <nav class="filter" aria-label={label}>
    {choices.map(({ href, name, here }) => (
      <a href={href} {...(here && { 'aria-current': 'page' as const })}>
        {name}
      </a>
    ))}
  </nav>
)
