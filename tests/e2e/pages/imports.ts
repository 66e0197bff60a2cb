import { expect, type Locator, type Page } from "@playwright/test";

export interface UploadedFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** A CSV file with this text. */
export function csvFile(name: string, text: string): UploadedFile {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}

/** Opens the import dialog by the campaign's button. */
export async function openImport(page: Page): Promise<Locator> {
  await page.getByRole("button", { name: "Import", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Choose a file" })).toBeVisible();
  return dialog;
}

/** Chooses a file in the dialog that asks for one. */
export async function chooseFile(page: Page, file: string | UploadedFile): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("dialog").getByRole("button", { name: "Choose a file" }).click(),
  ]);
  await chooser.setFiles(file);
}

/** Drops a file on a place that takes files, as a mouse would. */
export async function dropFile(zone: Locator, file: UploadedFile): Promise<void> {
  const transfer = await zone.page().evaluateHandle(
    ({ name, type, bytes }) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(bytes)], name, { type }));
      return data;
    },
    { name: file.name, type: file.mimeType, bytes: [...file.buffer] },
  );
  await zone.dispatchEvent("dragover", { dataTransfer: transfer });
  await zone.dispatchEvent("drop", { dataTransfer: transfer });
}

/** Says what a column is, in the dialog that matches columns. */
export async function matchColumn(page: Page, header: string, field: string): Promise<void> {
  await page.getByRole("combobox", { name: `What “${header}” is` }).click();
  await page.getByRole("option", { name: field, exact: true }).click();
}

/** From matched columns to the answer of the check; the dialog. */
export async function checkRows(page: Page): Promise<Locator> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Check the rows" }).click();
  await expect(dialog.getByText(/can be imported/)).toBeVisible();
  return dialog;
}

/** Sends the checked rows and waits until all are saved. */
export async function sendRows(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Import [\d,]+ rows?$/ }).click();
  await expect(page.getByRole("dialog", { name: "Import finished" })).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toBeHidden();
}

/** Imports a file as the app matches it, from the campaign's button to the end. */
export async function importFile(page: Page, file: string | UploadedFile): Promise<void> {
  await openImport(page);
  await chooseFile(page, file);
  await checkRows(page);
  await sendRows(page);
}
