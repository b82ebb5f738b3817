import { callOf } from './naming.ts';

describe('callOf', () => {
  it('calls a peer by its name, or else by the beginning of its connectionId', () => {
    expect(callOf({ name: 'Ann', connectionId: 'C51DherHNjMCI3Q=' })).toBe('Ann');
    expect(callOf({ connectionId: 'C51DherHNjMCI3Q=' })).toBe('C51Dhe');
  });
});
