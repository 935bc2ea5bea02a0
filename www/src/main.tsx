import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createBrowserRouter } from "react-router";
import { RouterProvider } from "react-router/dom";
import { Cover } from "./book/Cover.tsx";
import { Page } from "./book/Page.tsx";
import { NotFound } from "./site/NotFound.tsx";
import { Site } from "./site/Site.tsx";
import "./styles/index.css";

const router = createBrowserRouter(
  [
    {
      element: <Site />,
      children: [
        { index: true, element: <Cover /> },
        { path: "book/:slug", element: <Page /> },
        { path: "*", element: <NotFound /> },
      ],
    },
  ],
  { basename: import.meta.env.BASE_URL },
);

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
);
