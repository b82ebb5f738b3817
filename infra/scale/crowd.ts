/** People who use the page, and how. */
export interface Crowd {
  readonly people: number;
  /** How many share a room. */
  readonly room: number;
  readonly daysAMonth: number;
  readonly hoursADay: number;
  readonly messagesADay: number;
  /** How often a day each connects: in the morning, each time two hours are over, and after a drop or two. */
  readonly joinsADay: number;
  /** Within how many minutes all of them arrive in the morning. */
  readonly arrivalMinutes: number;
}

/** An office: the crowd of the README's table. */
export const office = (people: number): Crowd => ({
  people,
  room: Math.min(people, 20),
  daysAMonth: 22,
  hoursADay: 8,
  messagesADay: 50,
  joinsADay: 6,
  arrivalMinutes: 15,
});
