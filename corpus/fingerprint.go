package corpus

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"time"
)

// fingerprintVersion is hashed first. It changes whenever the same articles are
// split into other sentences or passages, so that what was stored for them is
// built again.
const fingerprintVersion = "parley corpus 2"

// Fingerprint is a SHA-256 in hex of everything the corpus is made from: the
// articles in their order with ID, metadata and body. Equal fingerprints mean
// equal sentences and passages.
func (c *Corpus) Fingerprint() string {
	h := sha256.New()
	writeField(h, fingerprintVersion)
	for i := range c.Articles {
		a := &c.Articles[i]
		for _, f := range []string{a.ID, a.Title, a.Publisher, a.Author, a.Place, a.URL, stamp(a.Published), stamp(a.Event), a.Body} {
			writeField(h, f)
		}
		for _, s := range a.Headings {
			writeNumber(h, s.Start)
			writeNumber(h, s.End)
		}
		writeNumber(h, len(a.Headings))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// writeField writes a string after its length, so that no two lists of strings
// look the same.
func writeField(h hash.Hash, s string) {
	writeNumber(h, len(s))
	h.Write([]byte(s))
}

func writeNumber(h hash.Hash, n int) {
	var buf [8]byte
	binary.LittleEndian.PutUint64(buf[:], uint64(n))
	h.Write(buf[:])
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
