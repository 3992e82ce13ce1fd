/** Whether nothing has the focus: what had it was disabled, or has gone. */
export function isFocusLost(): boolean {
  return !document.activeElement || document.activeElement === document.body;
}
