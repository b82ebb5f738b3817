import { compare } from './compare.ts';

const found = (texts: Record<string, string>, translations: Record<string, string>) =>
  compare(texts, translations).map(({ id, what }) => `${what} ${id}`);

describe('the check of the translations', () => {
  it('is content when every text has one, and nothing else does', () => {
    expect(found({ 1: 'Send', 2: 'of {$name}' }, { 2: '{$name}の', 1: '送信' })).toEqual([]);
  });

  it('names a text without one, and an empty one', () => {
    expect(compare({ 1: 'Send', 2: 'Close' }, { 2: ' ' })).toEqual([
      { id: '1', what: 'missing', text: 'Send' },
      { id: '2', what: 'missing', text: 'Close' },
    ]);
  });

  it('names a translation of what the page says no more', () => {
    expect(compare({}, { 3: '送信' })).toEqual([{ id: '3', what: 'stale', text: '送信' }]);
  });

  it('names one that leaves out or makes up what is filled in', () => {
    for (const translation of ['バイト', '{$cuont}バイト', '{$count}{$limit}バイト'])
      expect(found({ 1: '{$count} bytes' }, { 1: translation })).toEqual(['placeholders 1']);
    expect(found({ 1: '{$START_TAG_KBD}Enter{$CLOSE_TAG_KBD} sends' }, { 1: 'Enterで送信' })).toEqual([
      'placeholders 1',
    ]);
  });

  it('lets a language order them otherwise, repeat one, and have forms of its own for a plural', () => {
    expect(found({ 1: '{$a} of {$b}' }, { 1: '{$b}のうち{$a}、{$a}' })).toEqual([]);
    const plural = '{VAR_PLURAL, plural, =0 {no frames} =1 {1 frame} other {{INTERPOLATION} frames}}';
    expect(found({ 1: plural }, { 1: '{VAR_PLURAL, plural, other {{INTERPOLATION}フレーム}}' })).toEqual([]);
    expect(found({ 1: plural }, { 1: '{INTERPOLATION}フレーム' })).toEqual(['placeholders 1']);
  });
});
