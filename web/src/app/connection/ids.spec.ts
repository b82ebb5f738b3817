import { newId } from './ids.ts';

describe('newId', () => {
  it('[P5] makes ids that fit the contract, each another', () => {
    const ids = Array.from({ length: 1000 }, newId);
    expect(ids.filter((id) => !/^[A-Za-z0-9_-]{22}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(1000);
  });
});
