package wordpiece

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// few is a vocabulary to see through.
const few = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nun\n##aff\n##able\nunable\na\n##a\n,\n[\n]\ncafe\n京\n##é"

func open(t testing.TB, words string) *Tokenizer {
	t.Helper()
	tok, err := New(words)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// describe writes tokens as “word:start-end”.
func describe(t *Tokenizer, tokens []Token) string {
	var b strings.Builder
	for i, k := range tokens {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%s:%d-%d", t.words.word(uint16(k.ID)), k.Start, k.End)
	}
	return b.String()
}

func TestAppend(t *testing.T) {
	tok := open(t, few)
	for _, tt := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"blanks", " \t\r\n\u00a0\u3000", ""},
		{"longest first", "unaffable unable", "un:0-2 ##aff:2-5 ##able:5-9 unable:10-16"},
		{"a part unknown", "unaffx a", "[UNK]:0-6 a:7-8"},
		{"a beginning is no continuation", "able", "[UNK]:0-4"},
		{"punctuation", "a,a", "a:0-1 ,:1-2 a:2-3"},
		{"unknown punctuation", "a.a", "a:0-1 [UNK]:1-2 a:2-3"},
		{"the longest word as a part", "unablea", "unable:0-6 ##a:6-7"},
		{"capitals", "UNAFFABLE", "un:0-2 ##aff:2-5 ##able:5-9"},
		{"accent in a letter", "Café,", "cafe:0-5 ,:5-6"},
		{"accent of its own", "cafe\u0301,", "cafe:0-4 ,:6-7"},
		{"accent of its own inside", "ca\u0301fe,", "cafe:0-6 ,:6-7"},
		{"accent alone", "a \u0301 a", "a:0-1 a:5-6"},
		{"ideograph", "a京a", "a:0-1 京:1-4 a:4-5"},
		{"control characters", "\x00un\u200baff\x01able\u00ad", "un:1-3 ##aff:6-9 ##able:10-14"},
		{"line end parts", "a\na", "a:0-1 a:2-3"},
		{"vertical tab does not", "a\va", "a:0-1 ##a:2-3"},
		{"special words", "a[MASK]a[mask]", "a:0-1 [MASK]:1-7 a:7-8 [:8-9 [UNK]:9-13 ]:13-14"},
		{"bytes that are no text", "un\xff\xc3(\xed\xa0\x80a\xf0\x9f", "un:0-2 [UNK]:4-5 a:8-9"},
		{"inside a word", "un\xffaffable\x80", "un:0-2 ##aff:3-6 ##able:6-10"},
		{"100 characters", strings.Repeat("á", 100), "a:0-2" + repeat(" ##a:%d-%d", 2, 100)},
		{"101 characters", strings.Repeat("á", 101) + " a", "[UNK]:0-202 a:203-204"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := "[CLS]:0-0"
			end := "0"
			if tt.want != "" {
				want += " " + tt.want
				end = want[strings.LastIndexByte(want, '-')+1:]
			}
			want += " [SEP]:" + end + "-" + end
			if got := describe(tok, tok.Append(nil, tt.text, 1000)); got != want {
				t.Errorf("%q\n got %s\nwant %s", tt.text, got, want)
			}
		})
	}
}

func repeat(format string, width, n int) string {
	var b strings.Builder
	for i := 1; i < n; i++ {
		fmt.Fprintf(&b, format, i*width, (i+1)*width)
	}
	return b.String()
}

func TestLimit(t *testing.T) {
	tok := open(t, few)
	const text = "unaffable a"
	for limit, want := range []string{
		"", "", "[CLS]:0-0 [SEP]:0-0", "[CLS]:0-0 un:0-2 [SEP]:2-2", "[CLS]:0-0 un:0-2 ##aff:2-5 [SEP]:5-5",
		"[CLS]:0-0 un:0-2 ##aff:2-5 ##able:5-9 [SEP]:9-9",
		"[CLS]:0-0 un:0-2 ##aff:2-5 ##able:5-9 a:10-11 [SEP]:11-11",
		"[CLS]:0-0 un:0-2 ##aff:2-5 ##able:5-9 a:10-11 [SEP]:11-11",
	} {
		if got := describe(tok, tok.Append(nil, text, limit)); got != want {
			t.Errorf("limit %d: got %s, want %s", limit, got, want)
		}
	}
	if got := tok.Append(nil, text, -1); got != nil {
		t.Errorf("limit -1: got %v", got)
	}
	before := []Token{{ID: 7, Start: 1, End: 2}}
	got := tok.Append(before, text, 3)
	if len(got) != 4 || got[0] != before[0] || got[3].Start != 2 {
		t.Errorf("behind others: got %v", got)
	}
}

func TestNew(t *testing.T) {
	for _, tt := range []struct{ name, words, want string }{
		{"no words", "", "word 0 is empty"},
		{"no [UNK]", "[CLS]\n[SEP]\na", "[UNK] is not among its 3 words"},
		{"no [CLS]", "[UNK]\n[SEP]\na", "[CLS] is not among its 3 words"},
		{"no [SEP]", "[UNK]\n[CLS]\na", "[SEP] is not among its 3 words"},
		{"an empty word", "[UNK]\n\n[CLS]\n[SEP]", "word 1 is empty"},
		{"a line feed at the end", "[UNK]\n[CLS]\n[SEP]\n", "word 3 is empty"},
		{"a word twice", "[UNK]\n[CLS]\n[SEP]\na\nb\na", "the word a is there twice"},
		{"too many", strings.Repeat("a\n", 65535) + "a", "got 65536 words, want at most 65535"},
		{"no [PAD] nor [MASK]", "[UNK]\n[CLS]\n[SEP]", ""},
		{"nothing at 0 but a word", "a\n[UNK]\n[CLS]\n[SEP]", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := New(tt.words)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got error %v", err)
			case tt.want != "" && (err == nil || err.Error() != "read vocabulary: "+tt.want):
				t.Errorf("got error %v, want %s", err, tt.want)
			}
		})
	}
}

// TestMostWords guards the width of a slot: the last number it can hold is found,
// and so is no word that has only its place and check in common with another.
func TestMostWords(t *testing.T) {
	words := []string{"[UNK]", "[CLS]", "[SEP]"}
	for i := len(words); i < maxWords; i++ {
		words = append(words, fmt.Sprint("w", i))
	}
	tok := open(t, strings.Join(words, "\n"))
	for i, w := range words {
		if got := tok.words.whole(w); int(got) != i {
			t.Fatalf("%s: got number %d, want %d", w, got, i)
		}
	}
	for i := range 1_000_000 {
		w := fmt.Sprintf("v%05d", i)
		if got := tok.words.whole(w); got != -1 {
			t.Fatalf("%s is not there: got number %d", w, got)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	tok := open(t, few)
	want := tok.Append(nil, "unaffable café 京 a\u1b44\u0334", 100)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			var got []Token
			for range 200 {
				got = tok.Append(got[:0], "unaffable café 京 a\u1b44\u0334", 100)
				if !slices.Equal(got, want) {
					t.Errorf("got %v, want %v", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestAllocatesNothing guards that a warm slice is all that is needed.
func TestAllocatesNothing(t *testing.T) {
	tok := open(t, few)
	text := strings.Repeat("Unaffable café, 京 가 ᾂ [MASK] xyz\x00\xff ", 20) + strings.Repeat("a", 5000)
	dst := tok.Append(nil, text, 100000)
	if got := testing.AllocsPerRun(20, func() { dst = tok.Append(dst[:0], text, 100000) }); got > 0 {
		t.Errorf("got %v allocations", got)
	}
}

// TestStops guards that nothing is read beyond the last token that counts.
func TestStops(t *testing.T) {
	tok := open(t, few)
	long := strings.Repeat("a ", 1<<22)
	start := time.Now()
	for range 20 {
		tok.Append(nil, long, 12)
	}
	if got := time.Since(start); got > 200*time.Millisecond { // measured: 0.03 ms; all of it takes 1 s
		t.Errorf("12 tokens of %d bytes, 20 times, took %v", len(long), got)
	}
}
