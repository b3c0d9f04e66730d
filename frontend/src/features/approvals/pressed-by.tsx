/** The key of a button, shown where there are keys to press. */
export function PressedBy({ children }: { children: string }) {
  return (
    <span aria-hidden="true" className="text-small font-normal opacity-80 pointer-coarse:hidden">
      {children}
    </span>
  );
}
