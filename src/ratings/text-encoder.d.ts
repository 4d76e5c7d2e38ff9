/** The part of the standard TextEncoder that is used here; every engine has it, the language's own library does not. */
declare class TextEncoder {
  encodeInto(text: string, into: Uint8Array): { readonly read: number; readonly written: number };
}
