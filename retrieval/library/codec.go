package library

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"os"
	"slices"
	"time"

	"parley/corpus/read"
	"parley/corpus/read/document"
)

// A snapshot file is one line of JSON, the header, and the payload that it
// gives length and digest of: what was read (gob), the LSA model, what an embedder
// has given of the passages' vectors, and a reader of the sentences', each after its
// length. Version 2 had none of sentences, and is read as well. Version 1 had
// vectors of an embedder only when it had all, and no LSA model beside them.
const (
	magic   = "parley snapshot"
	version = 3
	oldest  = 2 // version that is read
)

// errVersion says that a file is sound but of another version.
var errVersion = errors.New("another version")

type header struct {
	Magic       string    `json:"magic"`
	Version     int       `json:"version"`
	Program     string    `json:"program"`  // that wrote it: another may clean, split or stem another way
	Options     string    `json:"options"`  // hash
	Embedder    string    `json:"embedder"` // model of the vectors; empty for none
	Fingerprint string    `json:"fingerprint"`
	BuiltAt     time.Time `json:"built_at"`
	Bytes       int       `json:"bytes"`
	SHA256      string    `json:"sha256"`

	reader string // that is wanted
}

// stored is what a file holds.
type stored struct {
	Reading *read.Reading
	Model   []byte
	BuiltAt time.Time
}

func encode(s *Snapshot, program string) ([]byte, error) {
	reading, err := encodeReading(s.Reading)
	if err != nil {
		return nil, err
	}
	var model []byte
	if s.model != nil {
		if model, err = s.model.AppendBinary(nil); err != nil {
			return nil, err
		}
	}
	h := header{Program: program, Options: s.opts, Fingerprint: s.Fingerprint, BuiltAt: s.BuiltAt}
	return s.file(h, reading, model)
}

// file puts a file together: what an embedder gave, and the rest.
func (s *Snapshot) file(h header, reading, model []byte) ([]byte, error) {
	var payload []byte
	for _, part := range [][]byte{reading, model, appendVectors(nil, s), appendSentences(nil, s)} {
		payload = binary.LittleEndian.AppendUint64(payload, uint64(len(part)))
		payload = append(payload, part...)
	}
	h.Magic, h.Version, h.Embedder = magic, version, s.embedder
	return h.seal(payload)
}

// seal puts a header before its payload.
func (h header) seal(payload []byte) ([]byte, error) {
	sum := sha256.Sum256(payload)
	h.Bytes, h.SHA256 = len(payload), hex.EncodeToString(sum[:])
	line, err := json.Marshal(h)
	if err != nil {
		return nil, err
	}
	return append(append(line, '\n'), payload...), nil
}

// mostHeader is how long, in bytes, the header of a snapshot may be. It has a few
// hundred, unless a source of articles has long fingerprints.
const mostHeader = 1 << 20

// cutHeader reads the header of a snapshot, or of the first part of one.
func cutHeader(data []byte) (h header, rest []byte, err error) {
	line, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok || json.Unmarshal(line, &h) != nil || h.Magic != magic {
		return h, nil, errors.New("it does not begin as one")
	}
	if h.Version < oldest || h.Version > version {
		return h, nil, errVersion
	}
	return h, rest, nil
}

// parseHeader reads the header and checks the payload against it.
func parseHeader(data []byte) (h header, payload []byte, err error) {
	h, payload, err = cutHeader(data)
	if err != nil {
		return h, nil, err
	}
	if len(payload) != h.Bytes {
		return h, nil, fmt.Errorf("it has %d bytes instead of %d", len(payload), h.Bytes)
	}
	if sum := sha256.Sum256(payload); hex.EncodeToString(sum[:]) != h.SHA256 {
		return h, nil, errors.New("its checksum is wrong")
	}
	return h, payload, nil
}

// sections are the parts of a payload.
type sections struct{ reading, model, vectors, sentences []byte }

// divide finds the parts of a payload. A checksum has told that it is as it was
// written; even so nothing in it is trusted to be of a sensible size.
func divide(payload []byte) (sections, error) {
	var s sections
	for _, part := range [...]*[]byte{&s.reading, &s.model, &s.vectors, &s.sentences} {
		if part == &s.sentences && len(payload) == 0 {
			break // version 2
		}
		if len(payload) < 8 {
			return s, errors.New("it is cut short")
		}
		n := binary.LittleEndian.Uint64(payload)
		if payload = payload[8:]; n > uint64(len(payload)) {
			return s, errors.New("it is cut short")
		}
		*part, payload = payload[:n:n], payload[n:]
	}
	return s, nil
}

// decode reads all but the vectors, which can be of use when the rest is not.
func (s sections) decode() (*stored, error) {
	st := &stored{}
	var err error
	if st.Reading, err = decodeReading(s.reading); err != nil {
		return nil, fmt.Errorf("decode articles: %w", err)
	}
	if len(s.model) > 0 {
		st.Model = s.model
	}
	return st, nil
}

// embedded are vectors of a file.
type embedded struct {
	passages  vectorsByText
	sentences sentencesByText
}

// embedded reads those that are of the embedder and the reader that are wanted.
func (s sections) embedded(has, want header) (out embedded, err error) {
	if want.Embedder != "" && has.Embedder == want.Embedder {
		if out.passages, err = decodeVectors(s.vectors); err != nil {
			return embedded{}, err
		}
	}
	if want.reader != "" {
		out.sentences, err = decodeSentences(s.sentences, want.reader)
	}
	return out, err
}

// readingFile is a reading without the maps, whose order is another each time.
type readingFile struct {
	Reading read.Reading
	Dropped []droppedLines
	Origins []origin
}

type droppedLines struct {
	Article string
	Lines   []document.Drop
}

type origin struct {
	Article string
	Field   document.Field
	From    string
}

func encodeReading(r *read.Reading) ([]byte, error) {
	f := readingFile{Reading: *r}
	f.Reading.Dropped, f.Reading.Origins = nil, nil
	for _, id := range slices.Sorted(maps.Keys(r.Dropped)) {
		f.Dropped = append(f.Dropped, droppedLines{id, r.Dropped[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(r.Origins)) {
		for _, field := range slices.Sorted(maps.Keys(r.Origins[id])) {
			f.Origins = append(f.Origins, origin{id, field, r.Origins[id][field]})
		}
	}
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(f)
	return b.Bytes(), err
}

func decodeReading(data []byte) (*read.Reading, error) {
	var f readingFile
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&f); err != nil {
		return nil, err
	}
	r := &f.Reading
	r.Dropped = make(map[string][]document.Drop, len(f.Dropped))
	for _, d := range f.Dropped {
		r.Dropped[d.Article] = d.Lines
	}
	r.Origins = make(map[string]map[document.Field]string)
	for _, o := range f.Origins {
		if r.Origins[o.Article] == nil {
			r.Origins[o.Article] = make(map[document.Field]string)
		}
		r.Origins[o.Article][o.Field] = o.From
	}
	return r, nil
}

// appendVectors appends the number of dimensions and, for each text of a passage
// that the embedder has been asked about, its hash, 1 if it has a vector or else
// 0, and the vector.
func appendVectors(b []byte, s *Snapshot) []byte {
	vectors := s.known.pick(s.hashes)
	dims := 0
	for _, vec := range vectors {
		dims = max(dims, len(vec))
	}
	if len(vectors) == 0 {
		return b
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(dims))
	for _, hash := range s.hashes {
		vec, ok := vectors[hash]
		if !ok {
			continue
		}
		delete(vectors, hash) // texts that are there twice are written once
		b = append(b, hash[:]...)
		if vec == nil {
			b = append(b, 0)
			continue
		}
		b = append(b, 1)
		for _, v := range vec {
			b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
		}
	}
	return b
}

func decodeVectors(b []byte) (vectorsByText, error) {
	if len(b) == 0 {
		return nil, nil
	}
	if len(b) < 4 {
		return nil, errors.New("they are cut short")
	}
	dims := int(binary.LittleEndian.Uint32(b))
	out := vectorsByText{}
	for b = b[4:]; len(b) > 0; {
		if len(b) < len(textHash{})+1 {
			return nil, errors.New("they are cut short")
		}
		hash, has := textHash(b), b[len(textHash{})]
		b = b[len(textHash{})+1:]
		if has == 0 {
			out[hash] = nil
			continue
		}
		if len(b)/4 < dims {
			return nil, errors.New("they are cut short")
		}
		vec := make([]float32, dims)
		for i := range vec {
			vec[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		}
		out[hash], b = vec, b[4*dims:]
	}
	return out, nil
}

// program tells this build of parley from others by its executable, because
// any change to how articles are cleaned, split or stemmed makes a snapshot wrong
// without a change to its format.
func program() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	h := crc32.New(crc32.MakeTable(crc32.Castagnoli))
	n, err := io.Copy(h, f)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%08x-%d", h.Sum32(), n)
}
