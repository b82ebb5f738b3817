/** A spec of claims about a template: those of aws-cdk-lib/assertions throw when they fail, and Jasmine counts none of them. */
export const claims = (body: () => void) => () => {
  expect(body).not.toThrow();
};
