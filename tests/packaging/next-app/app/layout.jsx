import { ChatWidget } from "chatkit-widget/react";
import "chatkit-widget/styles.css";

export const metadata = { title: "A site with Next.js" };

export default function RootLayout({ children }) {
  return (
    <html lang="en">
      <body>
        {children}
        <ChatWidget backendUrl="http://chat.example.org" title="Ask the book" />
      </body>
    </html>
  );
}
