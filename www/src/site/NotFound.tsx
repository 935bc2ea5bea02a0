import { Link } from "react-router";

export function NotFound() {
  return (
    <div className="prose">
      <title>Page not found · Robotics, step by step</title>
      <h1>This page does not exist</h1>
      <p>
        The book has no page at this address. <Link to="/">Go to the contents</Link>, or ask the book with the button
        in the corner.
      </p>
    </div>
  );
}
