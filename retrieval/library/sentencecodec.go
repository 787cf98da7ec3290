package library

import (
	"encoding/binary"
	"errors"
	"math"

	"parley/retrieval"
)

// sentencesByText are vectors of sentences by what they were made from.
type sentencesByText struct {
	hashes  []textHash
	vectors []retrieval.SentenceVector
}

// appendSentences appends the length of the reader's name and the name, the number
// of dimensions, and for each sentence that has a vector its hash, the scale and
// the bytes.
func appendSentences(b []byte, s *Snapshot) []byte {
	vectors, missing := s.sentences.get(s.sentenceHashes)
	if s.reader == nil || len(missing) == len(vectors) {
		return b
	}
	dims := 0
	for _, v := range vectors {
		dims = max(dims, len(v.Bytes))
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s.reader.Model())))
	b = append(b, s.reader.Model()...)
	b = binary.LittleEndian.AppendUint32(b, uint32(dims))
	done := make(map[textHash]bool, len(vectors))
	for i, v := range vectors {
		hash := s.sentenceHashes[i]
		if len(v.Bytes) != dims || done[hash] {
			continue
		}
		done[hash] = true
		b = append(b, hash[:]...)
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v.Scale))
		for _, x := range v.Bytes {
			b = append(b, byte(x))
		}
	}
	return b
}

// decodeSentences reads what appendSentences wrote, nothing if it is of another
// reader.
func decodeSentences(b []byte, reader string) (sentencesByText, error) {
	var out sentencesByText
	short := errors.New("vectors of sentences are cut short")
	if len(b) == 0 {
		return out, nil
	}
	if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b))+8 > uint64(len(b)) {
		return out, short
	}
	n := binary.LittleEndian.Uint32(b)
	if string(b[4:][:n]) != reader {
		return out, nil
	}
	b = b[4+n:]
	dims := uint64(binary.LittleEndian.Uint32(b))
	b = b[4:]
	size := uint64(len(textHash{})) + 4 + dims
	if dims == 0 || uint64(len(b))%size != 0 {
		return out, short
	}
	count := uint64(len(b)) / size
	out.hashes, out.vectors = make([]textHash, count), make([]retrieval.SentenceVector, count)
	all := make([]int8, count*dims)
	for i := range out.vectors {
		v := &out.vectors[i]
		out.hashes[i] = textHash(b)
		b = b[len(textHash{}):]
		v.Scale = math.Float32frombits(binary.LittleEndian.Uint32(b))
		if v.Scale-v.Scale != 0 {
			return sentencesByText{}, errors.New("a vector of a sentence is not finite")
		}
		v.Bytes, all = all[:dims:dims], all[dims:]
		for d, x := range b[4:][:dims] {
			v.Bytes[d] = int8(x)
		}
		b = b[4+dims:]
	}
	return out, nil
}
