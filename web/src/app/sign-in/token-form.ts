import { _IdGenerator } from '@angular/cdk/a11y';
import { Component, inject, output, signal } from '@angular/core';
import { Credentials } from '../admission/credentials.ts';
import { readToken } from '../admission/json-web-token.ts';

/** Asks for the token that says who we are [P27], and keeps it in this tab. */
@Component({
  selector: 'app-token-form',
  template: `
    <form novalidate (submit)="signIn($event, field)">
      <label>
        <span i18n>Token</span>
        <input
          #field
          type="password"
          autocomplete="off"
          spellcheck="false"
          [attr.aria-invalid]="problem() !== undefined"
          [attr.aria-describedby]="problemId"
        />
      </label>
      <button type="submit" class="primary" i18n>Sign in</button>
    </form>
    <p class="soft" i18n>A JSON Web Token of this API’s issuer. It stays in this tab.</p>
    <p class="problem" role="status" [id]="problemId">{{ problem() }}</p>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--space-2);
    }
    form {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      gap: var(--space-2);
    }
    label {
      display: grid;
      flex: 1 1 10rem;
      gap: var(--space-1);
      font-size: var(--text-s);
    }
    .problem {
      color: var(--bad);
      font-size: var(--text-s);
    }
  `,
})
export class TokenForm {
  readonly #credentials = inject(Credentials);

  /** A token was given. */
  readonly given = output();

  protected readonly problemId = inject(_IdGenerator).getId('token-problem-');
  protected readonly problem = signal<string | undefined>(undefined);

  protected signIn(event: Event, field: HTMLInputElement): void {
    event.preventDefault();
    const text = field.value.trim();
    if (!readToken(text)) {
      this.problem.set($localize`This is no JSON Web Token: three parts with points between.`);
      return;
    }
    this.problem.set(undefined);
    field.value = '';
    this.#credentials.keep('token', text);
    this.given.emit();
  }
}
