package bot

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/bot/answer"
	"parley/bot/limits"
	"parley/retrieval/library"
)

// TestProgram guards that programs get the engine's own answer, with the conversation
// that they bring and no other, and leave nothing behind.
func TestProgram(t *testing.T) {
	t.Parallel()
	b := newBot(t, Options{})
	if b.Snapshot() == nil {
		t.Fatal("there is no snapshot")
	}
	r := Request{ID: "p", User: alice, Place: server}
	a, err := b.Answer(t.Context(), r, answer.Question{Text: "How long did the talks last?"})
	if err != nil || a.Abstained || len(a.Citations) == 0 {
		t.Fatalf("got %+v, %v", a, err)
	}
	if again := handle(t, b, Request{Kind: Ask, Text: "source?"}); again.HasAnswer() {
		t.Error("people go on from what a program has asked")
	}
	said := []answer.Turn{{Role: "user", Text: "How long did the talks last?"}, {Role: "assistant", Text: a.Text}}
	if a, err = b.Answer(t.Context(), r, answer.Question{Text: "source?", History: said}); err != nil || a.Abstained {
		t.Errorf("got %+v, %v", a, err)
	}
	c, err := b.Claim(t.Context(), r, "The talks went on for more than four hours.")
	if err != nil || len(c.Statements) != 1 || c.Statements[0].Verdict == answer.NotSaid || len(c.Citations) == 0 {
		t.Errorf("got %+v, %v", c, err)
	}
	looked := false
	if err := b.Look(t.Context(), r, func(on *library.Snapshot) error { looked = on == b.Snapshot(); return nil }); err != nil || !looked {
		t.Errorf("looked %v, %v", looked, err)
	}
	if _, err := b.Answer(t.Context(), Request{User: alice, Filter: Filter{Since: "soon"}}, answer.Question{Text: "Who?"}); err == nil || !strings.Contains(err.Error(), "soon") {
		t.Errorf("got %v", err)
	}
}

// TestProgramRefused guards that the limits of people are those of programs, and that
// those learn when they may ask again.
func TestProgramRefused(t *testing.T) {
	t.Parallel()
	b := newBot(t, Options{Quotas: limits.Quotas{PerUser: 1, Window: time.Hour}})
	r := Request{ID: "p", User: alice, Place: server}
	ask := func() error {
		_, err := b.Answer(t.Context(), r, answer.Question{Text: "How long did the talks last?"})
		return err
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	no, ok := errors.AsType[*RefusedError](ask())
	if !ok || no.Why != WhyQuota || no.Wait <= 0 || no.Wait > time.Hour || no.Text == "" {
		t.Errorf("got %+v", no)
	}
	if _, err := b.Claim(t.Context(), r, "The talks lasted five hours."); err == nil {
		t.Error("a check counts in no quota")
	}
	b.Stop()
	if no, ok := errors.AsType[*RefusedError](ask()); !ok || no.Why != WhyRestarting || no.Wait <= 0 {
		t.Errorf("got %+v", no)
	}
}

// TestCacheKey guards that an answer made for one way to ask is not repeated for
// another: what explains itself, and what asks back, are others.
func TestCacheKey(t *testing.T) {
	t.Parallel()
	b := newBot(t, Options{})
	r := Request{ID: "p", User: alice, Place: server}
	for _, explain := range [...]bool{true, false, true} {
		a, err := b.Answer(t.Context(), r, answer.Question{Text: "How long did the talks last?", Explain: explain})
		if err != nil || len(a.Explain) > 0 != explain {
			t.Errorf("explain %v: got %v, %v", explain, a.Explain, err)
		}
	}
}
