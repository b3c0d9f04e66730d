import { useLingui } from '@lingui/react/macro';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { announce } from './announcer';

export function CopyButton({ text, what }: { text: string; what: string }) {
  const { t } = useLingui();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t`Copied`);
    setTimeout(() => setCopied(false), 2_000);
  };
  const Icon = copied ? Check : Copy;
  return (
    <button
      type="button"
      onClick={() => void copy()}
      aria-label={t`Copy ${what}`}
      title={copied ? t`Copied` : t`Copy ${what}`}
      className="inline-flex size-8 items-center justify-center rounded-control align-middle text-muted-foreground hover:bg-accent hover:text-foreground pointer-coarse:size-11"
    >
      <Icon aria-hidden size={16} />
    </button>
  );
}
