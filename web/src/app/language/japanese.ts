import { loadTranslations } from '@angular/localize';
import { translations } from '../../locale/ja.json';

/** Gives the page its texts in Japanese. Whoever reads English fetches neither them nor what puts them in. */
export function loadJapanese(): void {
  loadTranslations(translations);
}
