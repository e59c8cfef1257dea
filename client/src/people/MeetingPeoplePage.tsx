export function MeetingPeoplePage() {
  return null
}
