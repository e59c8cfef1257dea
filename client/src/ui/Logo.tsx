export function Logo() {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d="M4 5h9M4 10h7M4 15h4" />
      <path d="m10.5 17 3.2 3.2L21 10.5" />
    </svg>
  )
}
