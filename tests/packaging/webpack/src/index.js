import { mountChatWidget } from "chatkit-widget";
import "chatkit-widget/styles.css";

mountChatWidget(document.body, { backendUrl: "http://chat.example.org", title: "Ask the book" });
