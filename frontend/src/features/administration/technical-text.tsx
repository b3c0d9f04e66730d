/** What another system said, in its own words: for whoever looks for the cause, below a sentence for everybody. */
export function TechnicalText({ text }: { text: string }) {
  return (
    <p lang="en" className="mt-1 font-mono text-caption break-words text-muted-foreground">
      {text}
    </p>
  );
}
