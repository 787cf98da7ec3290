package pdf

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"
)

// TestWithoutLarge guards that PDFium loses the function that it is to lose, and no
// other: a new version may have another large one, or none.
func TestWithoutLarge(t *testing.T) {
	t.Parallel()
	if !bytes.HasPrefix(whole, []byte("\x00asm")) {
		t.Fatalf("PDFium is not where it was: %d bytes", len(whole))
	}
	cut := withoutLarge(whole)
	before, after := functions(t, whole), functions(t, cut)
	if len(before) != len(after) {
		t.Fatalf("%d functions of %d are left", len(after), len(before))
	}
	changed := 0
	for i := range before {
		if !bytes.Equal(before[i], after[i]) {
			changed++
		}
	}
	if changed != 1 {
		t.Errorf("%d functions changed, want 1", changed)
	}
}

// functions are the bodies of the functions of a module.
func functions(t *testing.T, module []byte) [][]byte {
	t.Helper()
	for at := 8; at < len(module); {
		size, n := binary.Uvarint(module[at+1:])
		section := module[at+1+n:][:size]
		if module[at] != 10 {
			at += 1 + n + len(section)
			continue
		}
		count, n := binary.Uvarint(section)
		section = section[n:]
		out := make([][]byte, count)
		for i := range out {
			size, n := binary.Uvarint(section)
			out[i] = section[n:][:size]
			section = section[n+len(out[i]):]
		}
		return out
	}
	t.Fatal("the module has no code")
	return nil
}

func TestWithoutLargeOfOthers(t *testing.T) {
	t.Parallel()
	for _, module := range []string{"", "\x00asm", "\x00asm\x01\x00\x00\x00", "\x00asm\x01\x00\x00\x00\x0a", "\x00asm\x01\x00\x00\x00\x0a\x7f\x01", "\x00asm\x01\x00\x00\x00\x0a\x03\x02\x7f\x00", "\x00asm\x01\x00\x00\x00\x0a\x02\x00\x00"} {
		if got := withoutLarge([]byte(module)); string(got) != module {
			t.Errorf("%q became %q", module, got)
		}
	}
}

// TestPictures reads a page with a picture in JPEG 2000, which stays one.
func TestPictures(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/jpeg2000.pdf")
	if err != nil {
		t.Fatal(err)
	}
	if _, got := read(t, data); got != "The ferry to Osley sails at noon.\n" {
		t.Errorf("got %q", got)
	}
}
