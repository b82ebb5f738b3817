import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.ts';

await bootstrapApplication(App, { providers: [provideBrowserGlobalErrorListeners()] });
