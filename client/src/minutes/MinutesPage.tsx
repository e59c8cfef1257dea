export function MinutesPage() {
  return <main id="main" />
}
