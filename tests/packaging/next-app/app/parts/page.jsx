export default async function Parts() {
  return <h1>Parts</h1>;
}
