import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.ts';
import { chosenLanguage, languageFor, speak } from './app/language/language.ts';

await speak(languageFor(chosenLanguage(), navigator.languages), document.documentElement);
await bootstrapApplication(App, { providers: [provideBrowserGlobalErrorListeners()] });
