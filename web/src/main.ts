import { provideBrowserGlobalErrorListeners } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.ts';
import { chosenLanguage, languageFor, speak } from './app/language/language.ts';

// No top-level `await`: where one is, the bundler keeps what chunks share out of the main one, in ten files more.
void speak(languageFor(chosenLanguage(), navigator.languages), document.documentElement).then(() =>
  bootstrapApplication(App, { providers: [provideBrowserGlobalErrorListeners()] }),
);
