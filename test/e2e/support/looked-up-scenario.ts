/** What the app in a network that it looks up declares. */
export interface LookedUpScenario {
  /** Whether anything is declared besides the network. */
  readonly isLookedUp: boolean;
}
