import { mountChatWidget } from "chatkit-widget";
import "chatkit-widget/styles.css";

const target = document.getElementById("chat");
if (target) mountChatWidget(target, { backendUrl: { production: "http://chat.example.org" } });
