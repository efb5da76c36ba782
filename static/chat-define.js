// The page's script. Everything works without it; with it the talk goes on without loading the page anew.
import { ChatController } from "./chat-controller.js";

const needed = "timeout" in AbortSignal && "replaceChildren" in Element.prototype && "fetch" in window;
const form = document.getElementById("ask");

if (needed && form) {
  const controller = new ChatController(document);
  controller.start();
}
