// Gives the element its name, once a page, however often its script is loaded.

import { MineRiskChat } from "./element.js";

if (!customElements.get("mine-risk-chat")) {
  customElements.define("mine-risk-chat", MineRiskChat);
}
