import { Component, input, output } from '@angular/core';
import type { Partner } from '../connection/partners.ts';
import { callOf } from './naming.ts';
import { PeerMark } from './peer-mark.ts';

/** Who is in the room, and those who have gone but left something to read. */
@Component({
  selector: 'app-peer-list',
  imports: [PeerMark],
  templateUrl: './peer-list.html',
  styleUrl: './peer-list.css',
})
export class PeerList {
  readonly partners = input.required<readonly Partner[]>();
  readonly selected = input<string>();
  readonly chosen = output<string>();

  protected readonly callOf = callOf;
}
