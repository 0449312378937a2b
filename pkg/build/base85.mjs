// Bytes as text that HTML and JavaScript strings hold as it is: four bytes in five characters, where base64 takes three in four.
//
// In: bytes. Out: characters from `#` to `w`, `x` for `<` and `y` for `\`; of the last k bytes k + 1. `unpacked` in src/embedded.ts reads it.

const CODES = Array.from({ length: 85 }, (_, digit) => String.fromCharCode(35 + digit).replace("<", "x").replace("\\", "y"));

/** The text of some bytes. */
export function base85(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0;
    for (let byte = 0; byte < 4; byte++) word = word * 256 + (bytes[at + byte] ?? 0);
    const digits = [];
    for (let digit = 0; digit < 5; digit++) {
      digits.unshift(CODES[word % 85]);
      word = Math.floor(word / 85);
    }
    text += digits.slice(0, Math.min(bytes.length - at, 4) + 1).join("");
  }
  return text;
}
