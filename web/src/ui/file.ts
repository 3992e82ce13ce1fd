/** Shows a file in its own tab, where it can be printed; or saves it, where the browser opens none. */
export function openFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  if (!window.open(url, "_blank")) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }
  // The tab has read it long before.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
