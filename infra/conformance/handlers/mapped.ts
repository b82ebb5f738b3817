// Behind mapping templates: sends back what it got, or throws what it was told to.

interface Mapped {
  readonly fail?: string;
}

export const handler = (event: Mapped): Promise<{ got: Mapped }> =>
  event.fail ? Promise.reject(new Error(event.fail)) : Promise.resolve({ got: event });
