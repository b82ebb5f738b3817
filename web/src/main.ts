import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { chosenTheme, paint } from './app/appearance/theme.ts';
import { App } from './app/app.ts';
import { chosenLanguage, languageFor, speak } from './app/language/language.ts';

paint(chosenTheme(), document.documentElement);
await speak(languageFor(chosenLanguage(), navigator.languages), document.documentElement);
await bootstrapApplication(App, { providers: [provideBrowserGlobalErrorListeners()] });
