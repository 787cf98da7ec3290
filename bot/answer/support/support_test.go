package support

import (
	"context"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/bot/answer/reading"
	"parley/bot/answertest"
	"parley/corpus"
)

// ledger are the reports that claims are held against.
func ledger() []corpus.Article {
	return []corpus.Article{
		{
			ID: "dam", Title: "Workers reopen the Orrin dam", Publisher: "Vale Tribune", Published: time.Date(2031, time.June, 5, 0, 0, 0, 0, time.UTC),
			Body: "The Orrin dam reopened on 4 June 2031 after repairs that took seven weeks. " +
				"Chief engineer Petra Lowe thanked governor Hugh Marden for the money. " +
				"She said that 340 workers had poured concrete day and night. " +
				"The repairs cost $18 million. " +
				"No village was flooded. " +
				"Boats may pass again.",
		},
		{
			ID: "mill", Title: "Fire at the Tarrow mill", Publisher: "Brook Herald", Published: time.Date(2031, time.June, 10, 0, 0, 0, 0, time.UTC),
			Body: "A fire destroyed the paper mill in Tarrow on Sunday. " +
				"Police arrested two men near the gate. " +
				"The owners accused the insurer Halden Mutual of delay. " +
				"Fire chief Ada Voss said that the roof may collapse. " +
				"Mayor Ivo Strand did not visit the mill.",
		},
		{ID: "garden", Body: "Gardening\n\nRoses need water in the morning.", Headings: []corpus.Span{{Start: 0, End: len("Gardening")}}},
	}
}

// shared is a reader of the ledger. It is immutable, so one serves all tests.
var shared = sync.OnceValues(func() (*reading.Reader, error) { return answertest.Reader(ledger()) })

func newJudge(t testing.TB) *Judge {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return New(r)
}

// find is the number of the sentence that holds a text.
func find(t testing.TB, j *Judge, text string) int {
	t.Helper()
	c := j.reader.Corpus()
	for i := range c.Sentences {
		if strings.Contains(c.SentenceText(i), text) {
			return i
		}
	}
	t.Fatalf("no sentence has %q", text)
	return -1
}

// alone is the text of one sentence.
func alone(t testing.TB, j *Judge, text string) Text {
	n := find(t, j, text)
	return Text{n, n}
}

// TestAgainst guards that findings come in the order of the texts, name the first
// sentence of each, and are probabilities.
func TestAgainst(t *testing.T) {
	j := newJudge(t)
	workers, dam := find(t, j, "340 workers"), find(t, j, "reopened on")
	texts := []Text{{workers, workers}, {dam, workers}}
	got, err := j.Against(t.Context(), "340 workers had poured concrete after repairs of seven weeks.", texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Sentence != workers || got[1].Sentence != dam {
		t.Fatalf("got %+v, want sentences %d and %d", got, workers, dam)
	}
	for _, f := range got {
		if sum := f.Verdicts.Supported + f.Verdicts.Contradicted + f.Verdicts.NotStated; math.Abs(sum-1) > 1e-9 {
			t.Errorf("the verdicts %+v sum to %v", f.Verdicts, sum)
		}
	}
	// The second text has the weeks, too: all its sentences are read.
	if got[0].Features[Met] != 1 || got[1].Features[Met] != 2 {
		t.Errorf("%v and %v values are met, want 1 and 2", got[0].Features[Met], got[1].Features[Met])
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := j.Against(ctx, "The dam reopened.", texts); err == nil {
		t.Error("no error after the caller has gone away")
	}
}

// TestLook guards that a claim is held against what the search finds for it, with
// what says most to it first, and that pronouns take words from what was said.
func TestLook(t *testing.T) {
	j := newJudge(t)
	tests := []struct {
		name, claim, before string
		want                string // of the first finding
	}{
		{"restated", "The repairs of the Orrin dam cost $18 million.", "", "The repairs cost $18 million."},
		{"denied", "Mayor Ivo Strand visited the mill.", "", "Mayor Ivo Strand did not visit the mill."},
		{"with a pronoun", "He did not visit it.", "Mayor Ivo Strand stayed away from the mill.", "Mayor Ivo Strand did not visit the mill."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found, hits, err := j.Look(t.Context(), tt.claim, tt.before)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 || len(hits) == 0 {
				t.Fatalf("got %d findings, %d hits", len(found), len(hits))
			}
			if got := j.reader.Corpus().SentenceText(found[0].Sentence); got != tt.want {
				t.Errorf("got %q first, want %q", got, tt.want)
			}
			for i := range found[1:] {
				if found[i].Verdicts.NotStated > found[i+1].Verdicts.NotStated {
					t.Errorf("finding %d says less to it than finding %d", i, i+1)
				}
			}
		})
	}
}
