package encoder

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"parley/retrieval/encoder/kernel"
)

var (
	update = flag.Bool("update", false, "write the golden files")
	parity = flag.String("parity", "testdata/parity.jsonl", "texts with the vectors of the float model, as tools/reader/export.py writes them")
)

// reference is a text with its vector by the float model.
type reference struct {
	Text   string    `json:"text"`
	Vector []float32 `json:"vector"`
}

func references(t *testing.T) []reference {
	t.Helper()
	f, err := os.Open(*parity)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	var out []reference
	scan := bufio.NewScanner(f)
	for scan.Buffer(nil, 1<<20); scan.Scan(); {
		var r reference
		if err := json.Unmarshal(scan.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	if len(out) == 0 || scan.Err() != nil {
		t.Fatalf("read %d texts, then %v", len(out), scan.Err())
	}
	return out
}

// TestParity holds the 8-bit vectors against those of the float model. With -parity
// it takes another file: docs/reader.md has the figures over a thousand passages.
func TestParity(t *testing.T) {
	m := builtinModel(t)
	rows := references(t)
	worst, sum := 1., 0.
	for _, r := range rows {
		got := encode(t, m, r.Text)[0]
		cosine, norm := 0., 0.
		for i, v := range r.Vector {
			cosine += float64(v) * float64(got[i])
			norm += float64(v) * float64(v)
		}
		cosine /= math.Sqrt(norm)
		if worst = min(worst, cosine); cosine < .98 {
			t.Errorf("cosine %.4f with the float model, want .98 at least: %.60q", cosine, r.Text)
		}
		sum += cosine
	}
	t.Logf("%d texts: cosine with the float model %.5f on average, %.5f at worst", len(rows), sum/float64(len(rows)), worst)
	if mean := sum / float64(len(rows)); mean < .995 {
		t.Errorf("cosine %.4f with the float model on average, want .995 at least", mean)
	}
}

// TestBits is that every path on every kind of machine gives the same bits: those
// in testdata/bits.golden, of whichever machine wrote it.
func TestBits(t *testing.T) {
	m := builtinModel(t)
	var texts []string
	for _, r := range references(t)[:4] { // plain Go takes long
		texts = append(texts, r.Text)
	}
	for _, path := range kernel.Paths() {
		hash := sha256.New()
		for _, vector := range encode(t, m.on(path), texts...) {
			_ = binary.Write(hash, binary.LittleEndian, vector) // a hash never fails
		}
		got := hex.EncodeToString(hash.Sum(nil))
		if *update {
			if err := os.WriteFile("testdata/bits.golden", []byte(got+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile("testdata/bits.golden")
		if err != nil {
			t.Fatal(err)
		}
		if got != strings.TrimSpace(string(want)) {
			t.Errorf("%v gives other bits than testdata/bits.golden; where that is meant, raise arithmetic", path)
		}
	}
}

// TestBuiltin is that the weights in the binary are as they were written, which
// opening them does not look at.
func TestBuiltin(t *testing.T) {
	if err := verify([]byte(builtin)); err != nil {
		t.Fatal(err)
	}
	m := builtinModel(t)
	opened, err := Open([]byte(builtin))
	if err != nil {
		t.Fatal(err)
	}
	if m.Identity() != opened.Identity() || !strings.HasPrefix(m.Identity(), m.Config().Name+" ") {
		t.Errorf("identities %q and %q, want them equal and to begin with the name", m.Identity(), opened.Identity())
	}
	if len(builtin) > 40<<20 {
		t.Errorf("the weights have %d bytes, want 40 MB at most", len(builtin))
	}
}
