package wordpiece

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// testVocabulary returns the words of e5-small-v2, which are those of
// bert-base-uncased, as New takes them: from the file of weights, whose header says
// where they are. (Package encoder, which reads such files, cannot be imported.)
func testVocabulary(t testing.TB) string {
	t.Helper()
	data, err := os.ReadFile("../reader.weights")
	if err != nil {
		t.Fatal(err)
	}
	var header struct {
		Tensors map[string][2]int `json:"tensors"`
	}
	const prefix = 24 // magic, version, length of the header
	if err := json.NewDecoder(bytes.NewReader(data[prefix:])).Decode(&header); err != nil {
		t.Fatal(err)
	}
	at := header.Tensors["vocabulary"]
	return string(data[at[0]:][:at[1]])
}

// numbers are the tokens as tools/reader/tokens.py writes them: id, start, end.
func numbers(tokens []Token) []int {
	got := []int{}
	for _, k := range tokens[1 : len(tokens)-1] {
		got = append(got, int(k.ID), k.Start, k.End)
	}
	return got
}

// TestSample guards the tokens of sentences in many languages and of the beginnings
// of the runs of classes and of every Unicode block: tools/reader/tokens.py asked
// the reference for them.
func TestSample(t *testing.T) {
	tok := open(t, testVocabulary(t))
	f, err := os.Open("testdata/sample.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	lines := bufio.NewScanner(f)
	for ; lines.Scan(); n++ {
		var want struct {
			Text   string
			Tokens []int
		}
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if got := numbers(tok.Append(nil, want.Text, len(want.Text)+2)); fmt.Sprint(got) != fmt.Sprint(want.Tokens) {
			t.Errorf("%+q\n got %v\nwant %v", want.Text, got, want.Tokens)
		}
	}
	if err := lines.Err(); err != nil || n < 500 {
		t.Errorf("%d texts in the sample, error %v", n, err)
	}
}

// TestClasses guards that the table is one: runs in order, from 0 on, none like
// the one before it.
func TestClasses(t *testing.T) {
	for i, r := range classes {
		switch {
		case i == 0 && r.first != 0, i > 0 && r.first <= classes[i-1].first, i > 0 && r.class == classes[i-1].class:
			t.Errorf("run %d begins at %#x with class %d", i, r.first, r.class)
		}
		if got := classOf(r.first); got != r.class {
			t.Errorf("%#x: got class %d, want %d", r.first, got, r.class)
		}
	}
	if got := classOf(utf8.MaxRune - 2); got != dropped { // private use
		t.Errorf("%#x: got class %d", utf8.MaxRune-2, got)
	}
}

// TestAgreesWithReference asks the reference itself, about texts that are too many
// to keep or not ours to keep.
func TestAgreesWithReference(t *testing.T) {
	python := os.Getenv("PARLEY_TOKENIZERS")
	if python == "" {
		t.Skip("PARLEY_TOKENIZERS names no Python that has the package tokenizers")
	}
	words := testVocabulary(t)
	file := filepath.Join(t.TempDir(), "vocabulary.txt")
	if err := os.WriteFile(file, []byte(words), 0o600); err != nil {
		t.Fatal(err)
	}
	tok := open(t, words)
	for name, texts := range map[string]func(*testing.T, func(string)){
		"articles": articles, "code points": codePoints, "marks": marks, "mixed": mixed,
	} {
		t.Run(name, func(t *testing.T) {
			compare(t, tok, exec.CommandContext(t.Context(), python, "../../../tools/reader/tokens.py", "encode", file), texts)
		})
	}
}

// compare hands texts to the reference and holds its tokens against ours.
func compare(t *testing.T, tok *Tokenizer, reference *exec.Cmd, texts func(*testing.T, func(string))) {
	t.Helper()
	in, err := os.Create(filepath.Join(t.TempDir(), "texts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	w := bufio.NewWriter(in)
	lines := json.NewEncoder(w)
	texts(t, func(text string) {
		if err := lines.Encode(text); err != nil {
			t.Fatal(err)
		}
	})
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	reference.Stdin = in
	var stderr bytes.Buffer
	reference.Stderr = &stderr
	out, err := reference.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := reference.Start(); err != nil {
		t.Fatal(err)
	}
	answers := bufio.NewReaderSize(out, 1<<20)
	var n, tokens, ids, spans int
	texts(t, func(text string) {
		line, err := answers.ReadString('\n')
		if err != nil {
			t.Fatalf("read the reference's tokens: %v\n%s", err, stderr.String())
		}
		var want []int
		for f := range strings.FieldsSeq(line) {
			k, err := strconv.Atoi(f)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, k)
		}
		got := numbers(tok.Append(nil, text, len(text)+2))
		sameIDs, sameSpans := len(got) == len(want), len(got) == len(want)
		for i := 0; i < len(got) && i < len(want); i++ {
			if got[i] != want[i] {
				sameIDs = sameIDs && i%3 != 0
				sameSpans = sameSpans && i%3 == 0
			}
		}
		n++
		tokens += len(want) / 3
		if sameIDs {
			ids++
		}
		if sameSpans {
			spans++
		}
		if (!sameIDs || !sameSpans) && n-min(ids, spans) <= 20 {
			t.Errorf("%+q\n got %v\nwant %v", text, got, want)
		}
	})
	if err := reference.Wait(); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d texts, %d tokens: ids of %d the same, offsets of %d", n, tokens, ids, spans)
	if n == 0 || ids < n || spans < n {
		t.Errorf("of %d texts the ids of %d are the same, the offsets of %d", n, ids, spans)
	}
}

// articles yields the texts beside this tree, whole.
func articles(t *testing.T, yield func(string)) {
	t.Helper()
	const shared = "../../../../shared"
	var files []string
	for _, pattern := range []string{"eval/*/articles.jsonl", "training/*/articles.jsonl", "articles/*.txt"} {
		found, err := filepath.Glob(filepath.Join(shared, pattern))
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		t.Skipf("no articles at %s", shared)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(file) == ".txt" {
			yield(strings.ToValidUTF8(string(data), ""))
			continue
		}
		for line := range bytes.Lines(data) {
			var a struct {
				Title, Text string
				Sentences   []string
			}
			if err := json.Unmarshal(line, &a); err != nil {
				t.Fatal(err)
			}
			yield(a.Title)
			yield(a.Text + strings.Join(a.Sentences, " "))
			for paragraph := range strings.Lines(a.Text) {
				yield(paragraph)
			}
		}
	}
}

// codePoints yields each code point alone, between letters, and before a mark.
func codePoints(_ *testing.T, yield func(string)) {
	for r := range utf8.MaxRune + 1 {
		if utf8.ValidRune(r) {
			c := string(r)
			yield(c)
			yield("a" + c + "b")
			yield("z " + c + "\u0334\u0345e" + c + c)
		}
	}
}

// marks yields words of marks and moving letters, among others that decompose.
func marks(_ *testing.T, yield func(string)) {
	var of [moving + 1][]rune
	for r := range utf8.MaxRune + 1 {
		if utf8.ValidRune(r) {
			of[classOf(r)] = append(of[classOf(r)], r)
		}
	}
	others := []rune("abé [],.各豈가\u0344\u0f73\u0f75\u01d5\u00a0\u0000\u200b\U0001d15e\U0001d160\U0001d1bb\u0ccb\u1b06")
	x := rand.New(rand.NewPCG(1, 2))
	for range 200_000 {
		var b strings.Builder
		for range 1 + x.IntN(8) {
			from := [][]rune{of[moving], of[moving], of[mark], of[mark], others}[x.IntN(5)]
			b.WriteRune(from[x.IntN(len(from))])
		}
		yield(b.String())
	}
}

// mixed yields texts of all kinds of characters and special words, with some long
// words.
func mixed(_ *testing.T, yield func(string)) {
	var points []rune // one near each end of each run
	for _, r := range classes {
		for _, c := range []rune{r.first - 1, r.first, r.first + 1} {
			if utf8.ValidRune(c) {
				points = append(points, c)
			}
		}
	}
	parts := []string{"[CLS]", "[SEP]", "[UNK]", "[MASK]", "[PAD]", "[", "]", "##", "the", "Bridge", "naïve", " ", "\n", strings.Repeat("a", 97)}
	x := rand.New(rand.NewPCG(3, 4))
	for range 100_000 {
		var b strings.Builder
		for range x.IntN(30) {
			switch k := x.IntN(10); {
			case k < 4:
				b.WriteString(parts[x.IntN(len(parts))])
			case k < 7:
				b.WriteByte("etaoinshrdluETA.,"[x.IntN(17)])
			default:
				b.WriteRune(points[x.IntN(len(points))])
			}
		}
		yield(b.String())
	}
}
