/** Takes one line for the person in front of the terminal. */
export type Logger = (line: string) => void;
