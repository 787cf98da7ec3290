package pdf

import (
	"encoding/binary"
	"slices"
	_ "unsafe" // go:linkname wants it
)

// whole is PDFium's WebAssembly, which is embedded in the package that runs it and not
// exported. It is empty where a later version keeps it elsewhere: that version then
// runs its own, which costs memory and nothing else.
//
//nolint:gochecknoglobals // it is another package's
//go:linkname whole github.com/klippa-app/go-pdfium/internal/pdfium_wasm.Module
var whole []byte

// mostCode is how long, in bytes, the code of a function may be that is translated to
// machine code. One alone has more, 350 KB, and the next 99 KB: it makes subsets of
// fonts for files that are saved, and only what saves files calls it. To translate it
// takes 160 MB of memory and 0.9 s.
const mostCode = 256 << 10

// withoutLarge is a module whose largest functions trap when they are called; the
// module itself if it is not made as it should be.
func withoutLarge(module []byte) []byte {
	const head, codeSection = 8, 10
	if len(module) < head {
		return module
	}
	out := slices.Clone(module[:head])
	for at := head; at < len(module); {
		id := module[at]
		size, n := binary.Uvarint(module[at+1:])
		start := at + 1 + n
		if n <= 0 || size > uint64(len(module)-start) { //nolint:gosec // start is within
			return module
		}
		end := start + int(size) //nolint:gosec // within the module
		if id == codeSection {
			code, ok := trapLarge(module[start:end])
			if !ok {
				return module
			}
			out = binary.AppendUvarint(append(out, id), uint64(len(code)))
			out = append(out, code...)
		} else {
			out = append(out, module[at:end]...)
		}
		at = end
	}
	return out
}

// trapLarge puts a trap in the place of large functions in a section of code.
func trapLarge(code []byte) ([]byte, bool) {
	trap := []byte{3, 0, 0x00, 0x0b} // its size, no local variables, unreachable, end
	count, at := binary.Uvarint(code)
	if at <= 0 {
		return nil, false
	}
	out := binary.AppendUvarint(nil, count)
	for range count {
		size, n := binary.Uvarint(code[at:])
		if n <= 0 || size > uint64(len(code)-at-n) { //nolint:gosec // at+n is within
			return nil, false
		}
		end := at + n + int(size) //nolint:gosec // within the section
		if size > mostCode {
			out = append(out, trap...)
		} else {
			out = append(out, code[at:end]...)
		}
		at = end
	}
	return out, at == len(code)
}
