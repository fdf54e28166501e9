/** Darkens the page behind a dialog, and keeps it from scrolling. It is not Radix' overlay, because that one inserts a style element, which the content security policy refuses. */
export function Shade() {
  return <div aria-hidden="true" className="shade fixed inset-0 z-40 animate-fade bg-shade" />;
}
