import { render } from "preact";
import "./styles/main.css";
import { App } from "./app";
import { listenForHotkeys } from "./keyboard";
import { followLinks } from "./router";
import { applyTheme } from "./theme";

applyTheme();
followLinks();
listenForHotkeys();
render(<App />, document.getElementById("app")!);
