package wordvec

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
)

func openTable(t testing.TB) *Table {
	t.Helper()
	table, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// vector returns the vector of a word that must have one.
func vector(t *testing.T, table *Table, word string) []float32 {
	t.Helper()
	n := table.Lookup(word)
	if n < 0 {
		t.Fatalf("%q has no vector", word)
	}
	v := make([]float32, Dims)
	table.Add(v, n, 1)
	return v
}

func TestLookup(t *testing.T) {
	table := openTable(t)
	if table.n != 40000 {
		t.Errorf("got %d words, want 40000", table.n)
	}
	for i := 1; i < table.n; i++ {
		if table.word(i-1) >= table.word(i) {
			t.Fatalf("%q stands before %q", table.word(i-1), table.word(i))
		}
	}
	first, last := table.word(0), table.word(table.n-1)
	for _, word := range []string{"talks", "talk", "meeting", "kremlin", "the", first, last} {
		n := table.Lookup(word)
		if n < 0 || table.word(int(n)) != word {
			t.Errorf("Lookup(%q): got %d, want its number", word, n)
		}
	}
	for _, word := range []string{"", "a", "Talks", "xyzzyx", "talks meeting", "16", "zürich", "\xff", last + "a"} {
		if n := table.Lookup(word); n != -1 {
			t.Errorf("Lookup(%q): got %d, want -1", word, n)
		}
	}
}

// TestRows guards that every vector has about length one, so that a product of
// two is their cosine.
func TestRows(t *testing.T) {
	table := openTable(t)
	v := make([]float32, Dims)
	for i := range int32(table.n) {
		clear(v)
		table.Add(v, i, 1)
		if l := table.Dot(i, v); math.Abs(float64(l)-1) > 0.01 {
			t.Fatalf("the vector of %q times itself is %v, want about 1", table.word(int(i)), l)
		}
	}
}

func TestAdd(t *testing.T) {
	table := openTable(t)
	talks, meeting := vector(t, table, "talks"), vector(t, table, "meeting")
	sum := make([]float32, Dims)
	table.Add(sum, table.Lookup("talks"), 2)
	table.Add(sum, table.Lookup("meeting"), -0.5)
	for i := range sum {
		if want := 2*talks[i] - 0.5*meeting[i]; math.Abs(float64(sum[i]-want)) > 1e-6 {
			t.Fatalf("component %d: got %v, want %v", i, sum[i], want)
		}
	}
}

func TestDot(t *testing.T) {
	table := openTable(t)
	talks, meeting := vector(t, table, "talks"), vector(t, table, "meeting")
	want := 0.0
	for i := range talks {
		want += float64(talks[i]) * float64(meeting[i])
	}
	for _, got := range []float32{table.Dot(table.Lookup("meeting"), talks), table.Dot(table.Lookup("talks"), meeting)} {
		if math.Abs(float64(got)-want) > 1e-5 {
			t.Errorf("got %v, want %v", got, want)
		}
	}
	if got := table.Dot(table.Lookup("talks"), make([]float32, Dims)); got != 0 {
		t.Errorf("a product with nothing: got %v, want 0", got)
	}
}

// TestRelated guards that words used alike are closer than words that are not.
func TestRelated(t *testing.T) {
	table := openTable(t)
	for _, tt := range []struct{ word, related, unrelated string }{
		{"talks", "meeting", "banana"},
		{"deal", "agreement", "giraffe"},
		{"vessel", "ship", "poem"},
		{"doctor", "nurse", "gravel"},
		{"walkout", "strike", "algebra"},
		{"train", "railway", "onion"},
		{"judge", "court", "opera"},
		{"river", "flood", "salary"},
		{"barley", "wheat", "parliament"},
		{"violin", "piano", "tariff"},
	} {
		v := vector(t, table, tt.word)
		near, far := table.Dot(table.Lookup(tt.related), v), table.Dot(table.Lookup(tt.unrelated), v)
		if near < far+0.25 {
			t.Errorf("%s: %.2f to %s and %.2f to %s, want the first to be .25 more", tt.word, near, tt.related, far, tt.unrelated)
		}
	}
}

// tableOf is a table in the format of gen: row i is all zero but for component i.
func tableOf(dims int, words ...string) string {
	u32 := func(b []byte, n int) []byte { return binary.LittleEndian.AppendUint32(b, uint32(n)) }
	b := u32(u32(nil, len(words)), dims)
	end := 0
	for _, w := range words {
		end += len(w)
		b = u32(b, end)
	}
	b = append(b, strings.Join(words, "")...)
	for i := range words {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(1.0/127))
		row := make([]byte, dims)
		row[i] = 127
		b = append(b, row...)
	}
	return string(b)
}

func TestRead(t *testing.T) {
	table, err := Read(tableOf(Dims, "ab", "abc", "b"))
	if err != nil {
		t.Fatal(err)
	}
	for i, word := range []string{"ab", "abc", "b"} {
		if got := table.Lookup(word); int(got) != i {
			t.Errorf("Lookup(%q): got %d, want %d", word, got, i)
		}
		want := make([]float32, Dims)
		want[i] = 1
		if got := vector(t, table, word); !slices.EqualFunc(got, want, func(a, b float32) bool { return math.Abs(float64(a-b)) < 1e-6 }) {
			t.Errorf("%q: got the vector %v, want component %d alone", word, got, i)
		}
	}
	for _, word := range []string{"", "a", "abcd", "c"} {
		if got := table.Lookup(word); got != -1 {
			t.Errorf("Lookup(%q): got %d, want -1", word, got)
		}
	}
}

func TestReadErrors(t *testing.T) {
	good := tableOf(Dims, "ab", "abc", "b")
	for name, data := range map[string]string{
		"nothing":            "",
		"no header":          good[:header-1],
		"no words":           tableOf(Dims),
		"other dimensions":   tableOf(Dims-1, "ab", "abc"),
		"dimensions said":    good[:4] + "\x63" + good[5:],
		"no index":           good[:header+11],
		"cut":                good[:len(good)-1],
		"longer":             good + "x",
		"more words said":    "\x04" + good[1:],
		"very many said":     "\xff\xff\xff\xff" + good[4:],
		"an end too far":     good[:header] + "\x09" + good[header+1:],
		"ends going back":    good[:header] + "\x05\x00\x00\x00\x02" + good[header+5:],
		"an end of all bits": good[:header] + "\xff\xff\xff\xff" + good[header+4:],
	} {
		if _, err := Read(data); err == nil || !strings.HasPrefix(err.Error(), "read word vectors: ") {
			t.Errorf("%s: got error %v, want one that says what was read", name, err)
		}
	}
}

// FuzzRead guards that whatever is read as a table can be used.
func FuzzRead(f *testing.F) {
	seeds := []string{"", tableOf(Dims, "ab", "abc", "b"), tableOf(Dims, "b", "a"), tableOf(2, "a", "b"), "\xff\xff\xff\xff\x64\x00\x00\x00"}
	if len(seeds) == 0 {
		f.Fatal("no seeds")
	}
	for _, s := range seeds {
		f.Add(s, "ab")
	}
	f.Fuzz(func(t *testing.T, data, word string) {
		table, err := Read(data)
		if err != nil {
			return
		}
		for i := range int32(table.n) {
			table.Lookup(table.word(int(i)))
			v := make([]float32, Dims)
			table.Add(v, i, 1)
			table.Dot(i, v)
		}
		if n := table.Lookup(word); n >= 0 && table.word(int(n)) != word {
			t.Errorf("%q is found as %q", word, table.word(int(n)))
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		if _, err := Open(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDot(b *testing.B) {
	table := openTable(b)
	v := make([]float32, Dims)
	for b.Loop() {
		table.Dot(0, v)
	}
}
