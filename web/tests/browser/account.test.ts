import { afterAll, beforeAll, expect, test } from "vitest";
import { type Orderd, startOrderd } from "../support/orderd.mjs";
import { Api } from "./api";
import { Visitors } from "./browser";
import { password } from "./demo";
import { MailServer } from "./mail-server";

// A customer's account in a browser: made, bought with, its password forgotten and set anew by a mail's code.

const first = "quince and medlar";
const second = "damson and sloe";

let mailServer: MailServer;
let orderd: Orderd;
let api: Api;
let sku: string;
const visitors = new Visitors();
const visit = (options: Parameters<Visitors["open"]>[1] = {}) => visitors.open(orderd.url, options);

beforeAll(async () => {
  mailServer = await MailServer.start();
  orderd = await startOrderd("demo", ["--password", password]);
  api = await new Api(orderd.url).signIn("owner", password);
  await mailServer.receive(api);
  const product = { sku: "TEST-CUP", name: "Cup", price: 1990, quantity: 500, weight_g: 300 };
  sku = (await api.call("POST", "/products", product)).sku;
});
afterAll(async () => {
  await visitors.close();
  await orderd?.stop();
  mailServer?.stop();
});

/** The code of the newest mail that has one and goes to this address. */
const codeFor = (address: string, subject: RegExp) =>
  mailServer.found((mail) =>
    mail.envelope_to.includes(address) && subject.test(mail.subject)
      ? /\n +([A-Z2-9]{4}-[A-Z2-9]{4})\n/.exec(mail.text)?.[1]
      : undefined,
  );

test("a customer signs up, buys, sees the order, and gets a new password by the mail's code", async () => {
  const ada = await visit();
  const { page } = ada;
  await page.goto(`/checkout?items=${sku}:1`);
  await page.getByRole("link", { name: "You have an account? Sign in" }).click();
  await ada.expectAccessible("signing in");
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
  await page.getByLabel("E-mail", { exact: true }).fill("ada.account@example.com");
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Create the account" }).click();
  await page.getByText("Please choose another password").waitFor();
  await ada.expectAccessible("an account that cannot be made");
  await page.getByLabel("New password").fill(first);
  await page.getByRole("button", { name: "Create the account" }).click();

  await page.waitForURL(/\/checkout$/);
  await page.getByText("You are signed in as ada.account@example.com.").waitFor();
  expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("Ada Lovelace");
  await page.getByLabel("Street and number").fill("Analytische Allee 12");
  await page.getByLabel("Postcode").fill("10115");
  await page.getByLabel("Town").fill("Berlin");
  await page.getByRole("button", { name: /^Order and pay/ }).click();
  await page.waitForURL(/\/pay\//);
  const number = /\/pay\/(\d+)-/.exec(page.url())![1]!;

  await page.getByRole("link", { name: "Account", exact: true }).click();
  await page.getByRole("heading", { name: "Your orders" }).waitFor();
  await ada.expectAccessible("the account");
  await page.getByRole("link", { name: `Order ${number}` }).click();
  await page.getByText("Analytische Allee 12").waitFor();
  await page.goto("/account");
  await page.getByRole("button", { name: "Sign out" }).click();

  await page.getByRole("link", { name: "Password forgotten?" }).click();
  await ada.expectAccessible("a forgotten password");
  await page.getByLabel("E-mail", { exact: true }).fill("ada.account@example.com");
  await page.getByRole("button", { name: "Send the code" }).click();
  await page.getByText("a code is on its way").waitFor();
  await ada.expectAccessible("the code");
  await page.getByLabel("Code from the e-mail").fill("AAAA-AAAA");
  await page.getByLabel("New password").fill(second);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.getByText("This code is not right").waitFor();
  await page.getByLabel("Code from the e-mail").fill(await codeFor("ada.account@example.com", /code/));
  await page.getByLabel("New password").fill(second);
  await page.getByRole("button", { name: "Set the new password" }).click();
  await page.getByText("Your new password is set.").waitFor();

  const signIn = async (word: string) => {
    await page.getByLabel("E-mail", { exact: true }).fill("ada.account@example.com");
    await page.getByLabel("Password", { exact: true }).fill(word);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn(first);
  await page.getByText("No account has this e-mail address and this password.").waitFor();
  await ada.expectAccessible("a wrong password");
  await signIn(second);
  await page.getByRole("link", { name: `Order ${number}` }).waitFor();
  await page.goto("/dashboard/");
  await page.getByLabel("Username").waitFor(); // a customer's session opens no dashboard
  expect(ada.complaints).toEqual([]);
});

test("in German, at 360 px, in the dark and without JavaScript", async () => {
  const emmy = await visit({ width: 360, height: 740, locale: "de-DE", colorScheme: "dark" });
  const { page } = emmy;
  await page.goto("/account/new");
  await emmy.expectFits("a new account");
  await emmy.expectAccessible("a new account at 360 px, in the dark");
  await page.goto("/account");
  await emmy.expectFits("signing in");
  await emmy.expectAccessible("signing in at 360 px, in the dark");

  const plain = await visit({ width: 360, height: 740, locale: "de-DE", javaScript: false });
  await plain.page.goto("/account");
  await plain.page.getByRole("link", { name: "Kundenkonto anlegen" }).click();
  await plain.page.getByLabel("Name", { exact: true }).fill("Emmy Noether");
  await plain.page.getByLabel("E-Mail", { exact: true }).fill("emmy.account@example.com");
  await plain.page.getByLabel("Neues Passwort").fill(first);
  await plain.page.getByRole("button", { name: "Kundenkonto anlegen" }).click();
  await plain.page.getByText("Mit diesem Kundenkonto haben Sie noch nichts bestellt.").waitFor();
  const cookies = await plain.context.cookies();
  const session = cookies.find(({ name }) => name === "orderd_account");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });

  await emmy.context.addCookies(cookies);
  await page.goto("/account");
  await page.getByRole("heading", { name: "Ihr Kundenkonto" }).waitFor();
  await page.getByText("Passwort ändern").click();
  await emmy.expectFits("the account");
  await emmy.expectAccessible("the account at 360 px, in the dark");

  await plain.page.goto("/account/password");
  await plain.page.getByLabel("E-Mail", { exact: true }).fill("emmy.account@example.com");
  await plain.page.getByRole("button", { name: "Code senden" }).click();
  await plain.page.getByText("ist ein Code dorthin unterwegs").waitFor();
  expect(await codeFor("emmy.account@example.com", /^Ihr Code/)).toMatch(/-/);
  expect([...emmy.complaints, ...plain.complaints]).toEqual([]);
});
