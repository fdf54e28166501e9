/** Darkens the page behind a dialog. It is not Radix' overlay, because that one inserts a style element, which the content security policy refuses. */
export function Shade() {
  return <div aria-hidden="true" className="fixed inset-0 z-40 animate-fade bg-shade" />;
}
