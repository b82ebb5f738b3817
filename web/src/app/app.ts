import { Component, inject } from '@angular/core';
import { Connection } from './connection/connection.ts';

@Component({ selector: 'app-root', template: `{{ connection.phase().kind }}` })
export class App {
  protected readonly connection = inject(Connection);
}
