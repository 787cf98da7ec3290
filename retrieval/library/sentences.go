package library

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"sync"
	"time"

	"parley/retrieval"
	"parley/retrieval/analysis"
)

const (
	// sentenceBatch is how many sentences are embedded at a time: a second's work or
	// less of a processor with AVX-512 or AVX2, which is what a cancelled wait loses.
	sentenceBatch = 256

	// maxSentences is how many vectors are kept, with 384 dimensions about 270 MB: the
	// sentences of some 30,000 articles. Beyond it those that were made first go.
	maxSentences = 600_000
)

// ErrNoReader is what [Snapshot.Sentences] and [Snapshot.Question] fail with without
// [Options.Reader].
var ErrNoReader = errors.New("no reader")

// sentenceVectors are vectors of sentences, by what their reader reads of them. They
// outlast snapshots. It is safe for concurrent use.
type sentenceVectors struct {
	mu    sync.RWMutex
	most  int
	texts map[textHash]retrieval.SentenceVector
	order []textHash // in which they came, those that were dropped included
}

func newSentenceVectors() *sentenceVectors {
	return &sentenceVectors{most: maxSentences, texts: map[textHash]retrieval.SentenceVector{}}
}

// get returns the vector of each sentence, and which of them are missing, by place,
// one for each text.
func (k *sentenceVectors) get(hashes []textHash) (vectors []retrieval.SentenceVector, missing []int) {
	vectors = make([]retrieval.SentenceVector, len(hashes))
	named := map[textHash]bool{}
	k.mu.RLock()
	defer k.mu.RUnlock()
	for i, hash := range hashes {
		v, ok := k.texts[hash]
		if vectors[i] = v; !ok && !named[hash] {
			named[hash] = true
			missing = append(missing, i)
		}
	}
	return vectors, missing
}

func (k *sentenceVectors) add(hashes []textHash, vectors []retrieval.SentenceVector) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for i, hash := range hashes {
		if _, ok := k.texts[hash]; !ok {
			k.order = append(k.order, hash)
		}
		k.texts[hash] = vectors[i]
	}
	for len(k.texts) > k.most {
		delete(k.texts, k.order[0])
		k.order = k.order[1:]
	}
}

// retain drops all but those of some sentences.
func (k *sentenceVectors) retain(sentences []textHash) {
	kept := setOf(sentences)
	k.mu.Lock()
	defer k.mu.Unlock()
	maps.DeleteFunc(k.texts, func(hash textHash, _ retrieval.SentenceVector) bool { return !kept[hash] })
	k.order = slices.DeleteFunc(k.order, func(hash textHash) bool { return !kept[hash] })
}

// Sentences returns the vectors of some sentences of the corpus, by their numbers,
// in their order. Those that are not known yet are made now, and kept.
func (s *Snapshot) Sentences(ctx context.Context, sentences []int) ([]retrieval.SentenceVector, error) {
	if s.reader == nil {
		return nil, ErrNoReader
	}
	hashes := make([]textHash, len(sentences))
	for i, n := range sentences {
		hashes[i] = s.sentenceHashes[n]
	}
	out, missing := s.sentences.get(hashes)
	if len(missing) == 0 {
		return out, nil
	}
	wanted := make([]int, len(missing))
	for i, at := range missing {
		wanted[i] = sentences[at]
	}
	made, err := s.embedSentences(ctx, wanted)
	if err != nil {
		return nil, err
	}
	for i, hash := range hashes {
		if v, ok := made[hash]; ok {
			out[i] = v
		}
	}
	return out, nil
}

// Question returns the vector of a question, to compare with those of sentences.
func (s *Snapshot) Question(ctx context.Context, question string) ([]float32, error) {
	if s.reader == nil {
		return nil, ErrNoReader
	}
	vec, err := s.reader.EmbedQuestion(ctx, question)
	if err != nil {
		return nil, fmt.Errorf("embed question: %w", err)
	}
	return vec, nil
}

// embedSentences makes and keeps the vectors of some sentences.
func (s *Snapshot) embedSentences(ctx context.Context, sentences []int) (map[textHash]retrieval.SentenceVector, error) {
	texts, hashes := make([]retrieval.SentenceText, len(sentences)), make([]textHash, len(sentences))
	for i, n := range sentences {
		texts[i], hashes[i] = s.sentenceText(n), s.sentenceHashes[n]
	}
	vectors, err := s.reader.EmbedSentences(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("embed sentences: %w", err)
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("embed sentences: got %d vectors for %d", len(vectors), len(texts))
	}
	s.sentences.add(hashes, vectors)
	made := make(map[textHash]retrieval.SentenceVector, len(hashes))
	for i, hash := range hashes {
		made[hash] = vectors[i]
	}
	return made, nil
}

// FillSentences makes the vectors of the live snapshot's sentences that are missing,
// in their order, as far as there is room to keep them. With a folder they are saved
// there, now and then and at the end, also when it fails. It does nothing without
// [Options.Reader], and ends when a reload swaps the snapshot.
func (l *Library) FillSentences(ctx context.Context, progress Progress) error {
	progress = progress.locked()
	s := l.live.Load()
	if s == nil || s.reader == nil {
		return nil
	}
	_, wanted := s.sentences.get(s.sentenceHashes[:min(len(s.sentenceHashes), s.sentences.most)])
	if len(wanted) == 0 {
		return nil
	}
	last := time.Now()
	defer func() { l.saveIfLive(s) }()
	for done := 0; done < len(wanted); {
		progress.step("embedding sentences", done, len(wanted))
		batch := wanted[done:min(done+sentenceBatch, len(wanted))]
		if _, err := s.embedSentences(ctx, batch); err != nil {
			return err
		}
		done += len(batch)
		if l.live.Load() != s {
			return nil // whoever swapped it has this called again
		}
		if time.Since(last) >= saveEvery {
			l.saveIfLive(s)
			last = time.Now()
		}
	}
	progress.step("embedding sentences", len(wanted), len(wanted))
	return nil
}

// saveIfLive saves a snapshot that nothing has taken the place of.
func (l *Library) saveIfLive(s *Snapshot) {
	if l.take(context.Background()) != nil {
		return
	}
	defer l.give()
	if l.live.Load() == s {
		l.save(s)
	}
}

// sentenceText is a sentence as a reader does.
func (s *Snapshot) sentenceText(n int) retrieval.SentenceText {
	c := s.Corpus
	return retrieval.SentenceText{Title: c.Articles[c.Sentences[n].Article].Title, Text: c.SentenceText(n)}
}

// hashSentences names what a reader reads of each sentence.
func (s *Snapshot) hashSentences() []textHash {
	out := make([]textHash, len(s.Corpus.Sentences))
	for n := range out {
		t := s.sentenceText(n)
		out[n] = hashText(strconv.Itoa(len(t.Title)) + " " + t.Title + t.Text)
	}
	return out
}

// Search finds passages; see [retrieval.Index.Search].
func (s *Snapshot) Search(ctx context.Context, q retrieval.Query) (*retrieval.Result, error) {
	return s.Index.Search(ctx, q)
}

// Forward is the analyzed corpus.
func (s *Snapshot) Forward() *analysis.Forward { return s.fwd }
