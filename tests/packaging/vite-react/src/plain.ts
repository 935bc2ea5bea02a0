import { mountChatWidget } from "chatkit-widget";
import "chatkit-widget/styles.css";

const target = document.getElementById("chat");
if (target) mountChatWidget(target, { backendUrl: { development: "http://localhost:8000", production: "/" } });
