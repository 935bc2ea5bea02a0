/** The floor: the same text without any markup, appended to paragraphs. Nobody who shows the text can do less. */
import { answer, box, follow, onceAFrame, ready } from "./feed";

ready(async () => {
  let open: Text | undefined;
  const draw = onceAFrame((fresh) => {
    fresh.split("\n\n").forEach((text, index) => {
      if (open === undefined || index > 0) {
        open = document.createTextNode("");
        const paragraph = document.createElement("p");
        paragraph.append(open);
        box.append(paragraph);
      }
      open.appendData(text);
    });
    follow();
  });
  await answer(draw);
});
