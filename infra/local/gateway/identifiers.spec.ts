import { isConnectionId, newConnectionId, newMessageId, newRequestId } from './identifiers.ts';

describe('identifiers', () => {
  it('[I1] are 15 characters of base64url and one =', () => {
    const connectionId = newConnectionId();
    for (const id of [connectionId, newRequestId(), newMessageId(connectionId)]) {
      expect(id).toMatch(/^[A-Za-z0-9_-]{15}=$/);
    }
  });

  it('[I2] tell requests from connections and messages by the twelfth character', () => {
    const connectionId = newConnectionId();
    expect(newRequestId()[11]).toBe('F');
    expect(connectionId[11]).toBe('C');
    expect(newMessageId(connectionId)[11]).toBe('C');
  });

  it('[I3] of messages end as their connection ends', () => {
    const connectionId = newConnectionId();
    expect(newMessageId(connectionId).slice(-3)).toBe(connectionId.slice(-3));
  });

  it('are all different, 20,000 in a row', () => {
    expect(new Set(Array.from({ length: 20_000 }, newConnectionId)).size).toBe(20_000);
  });

  it('[M7] are told from what cannot be one', () => {
    expect(isConnectionId('C51DherHNjMCI3Q=')).toBeTrue();
    for (const id of ['', 'x', 'C51DherHNjMCI3Q', 'C51DherHNjMCI3Q==', 'C51DherHNjMC+3Q='])
      expect(isConnectionId(id)).toBeFalse();
  });
});
