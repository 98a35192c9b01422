/** Progress as a ring, with a progress bar for screen readers. */
export const Ring = ({ value, label }: { value: number; label: string }) => (
  <span class="ring">
    <svg viewBox="0 0 36 36" width="44" height="44" aria-hidden="true">
      <circle class="ring-track" cx="18" cy="18" r="15" />
      <circle
        class="ring-bar"
        cx="18"
        cy="18"
        r="15"
        pathLength="100"
        stroke-dasharray={`${Math.round(value * 100)} 100`}
      />
    </svg>
    <progress class="unseen" value={String(value)} max="1" aria-label={label} />
  </span>
)
