import type { Frame } from '../../frame'

/** A sentence that says who counts as an adult here: by the birthday, or by the year of birth, as in Korea. */
export const adultsText = ({ t, adults: { age, bornBy } }: Pick<Frame, 't' | 'adults'>): string =>
  bornBy === null
    ? t('They are for people who are at least {n} years old.', { n: age })
    : t(
        'They are for people from the 1st of January of the year in which they turn {n}. That is now everybody born in {year} or earlier.',
        { n: age, year: String(bornBy) },
      )

/** The mark of a post for adults, such as `18+`. */
export const adultsMark = ({ adults }: Pick<Frame, 'adults'>): string => `${adults.age}+`
