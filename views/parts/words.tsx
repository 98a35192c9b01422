/** Finds the same mentions as the server does in `posts/mentions`. */
const NAMED = /(?<![\w.@/])(@\w{3,30})(?!\w|@)/g

/** Text written by a person, with links for mentions. */
export const Words = ({ text }: { text: string }) => (
  <>
    {text.split(NAMED).map((piece, at) =>
      at % 2 ? (
        <a class="named" href={`/users/${piece.slice(1).toLowerCase()}`}>
          {piece}
        </a>
      ) : (
        piece
      ),
    )}
  </>
)
