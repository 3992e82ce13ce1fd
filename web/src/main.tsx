import { render } from "preact";
import "./styles/main.css";

render(<h1>orderd</h1>, document.getElementById("app")!);
