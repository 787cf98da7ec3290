package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

const assembler = "aarch64-linux-gnu-as"

// Every instruction written as a word must be what the comment behind it says,
// as GNU's assembler for ARM has it.
func TestWordsAreWhatTheyAreCalled(t *testing.T) {
	if _, err := exec.LookPath(assembler); err != nil {
		t.Skipf("no %s here (Debian's package binutils-aarch64-linux-gnu)", assembler)
	}
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	words := regexp.MustCompile(`WORD \$(0x[0-9a-f]{8}) // (.*)`)
	var got []uint32
	var source bytes.Buffer
	for _, f := range files {
		if f.name != "neon_arm64.s" {
			continue
		}
		for _, match := range words.FindAllSubmatch(f.text, -1) {
			word, err := strconv.ParseUint(string(match[1]), 0, 32)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, uint32(word))
			fmt.Fprintf(&source, "%s\n", match[2])
		}
	}
	want := assemble(t, source.Bytes())
	if len(got) == 0 || len(got) != len(want) {
		t.Fatalf("%d words, %d instructions", len(got), len(want))
	}
	lines := bytes.Split(source.Bytes(), []byte("\n"))
	for i, word := range got {
		if word != want[i] {
			t.Errorf("%s: word %#08x, want %#08x", lines[i], word, want[i])
		}
	}
}

func assemble(t *testing.T, source []byte) (words []uint32) {
	t.Helper()
	in, object, out := filepath.Join(t.TempDir(), "a.s"), filepath.Join(t.TempDir(), "a.o"), filepath.Join(t.TempDir(), "a.bin")
	if err := os.WriteFile(in, source, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{
		{assembler, "-march=armv8.2-a+dotprod", "-o", object, in},
		{"aarch64-linux-gnu-objcopy", "-O", "binary", "-j", ".text", object, out},
	} {
		if text, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput(); err != nil {
			t.Fatalf("%s: %v\n%s", command[0], err, text)
		}
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	for ; len(text) >= 4; text = text[4:] {
		words = append(words, binary.LittleEndian.Uint32(text))
	}
	return words
}

func TestTheCommittedFilesAreTheGenerated(t *testing.T) {
	const folder = "../../retrieval/encoder/kernel"
	if err := run(folder, true); err != nil {
		t.Error(err)
	}
	out := t.TempDir()
	if err := run(out, true); err == nil {
		t.Error("no files: no error")
	}
	if err := run(out, false); err != nil {
		t.Fatal(err)
	}
	if err := run(out, true); err != nil {
		t.Error(err)
	}
	path := filepath.Join(out, "coefficients.go")
	if err := os.WriteFile(path, []byte("package kernel\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := run(out, true); err == nil {
		t.Error("another file: no error")
	}
}
