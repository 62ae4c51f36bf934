import { useCallback, useEffect, useRef, useState } from 'react';
import type { SkuFile } from '../reports/sku-file.ts';
import { askJson } from './ask-json.ts';
import { linkUrl } from './sku-dialog.tsx';
import { checkLines, linkLines, nothingYet, takeFile, type Asks, type Upload } from './sku-upload.ts';

/** Sends a file as it is; null where no answer came. */
async function read(file: Blob): Promise<SkuFile | null> {
  try {
    const headers = { 'content-type': 'application/octet-stream' };
    const answer = await fetch('/app/settings/products/file', { method: 'POST', headers, body: file });
    return answer.ok ? ((await answer.json()) as SkuFile) : null;
  } catch {
    return null;
  }
}

const asks: Asks = {
  read,
  check: (rows) => askJson('/app/settings/products/check', { rows }),
  link: (links) => askJson(linkUrl, { links }),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** A file that is being taken in. It ends with the page: what was linked by then is linked, and each line of it is whole. */
export function useSkuUpload() {
  const [upload, setUpload] = useState<Upload>(nothingYet);
  // The newest run; another one, or the end of the page, lets it end after what it is at.
  const current = useRef<object | null>(null);
  useEffect(
    () => () => {
      current.current = null;
    },
    [],
  );
  const run = useCallback((work: (told: (upload: Upload) => boolean) => Promise<void>) => {
    const own = {};
    current.current = own;
    const told = (now: Upload) => {
      if (current.current !== own) return false;
      setUpload(now);
      return true;
    };
    void work(told); // What goes wrong is told: nothing is thrown that nobody hears.
  }, []);
  return {
    upload,
    take: (file: Blob) => {
      run((told) => takeFile(asks, file, told));
    },
    checkOn: () => {
      run((told) => checkLines(asks, upload.lines, told));
    },
    link: (unknownToo: boolean) => {
      run((told) => linkLines(asks, upload.lines, unknownToo, told));
    },
    again: () => {
      current.current = null;
      setUpload(nothingYet);
    },
  };
}
