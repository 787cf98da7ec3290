package generate

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/bot/answer"
	"parley/bot/answer/quote"
	"parley/retrieval/analysis"
)

// passed is a sentence that may be shown.
type passed struct {
	at        int // its place among those the model wrote
	text      string
	sentences []int // of the corpus, cited

	abroad string         // the same in the asker's language; empty for none
	quotes map[int]string // the sentences in that language, as far as they are translated
}

// failure is a sentence that may not be shown.
type failure struct {
	at    int
	text  string
	wrong string
}

// errUnread is that a model wrote something else than an answer.
var errUnread = errors.New("what it wrote cannot be read as an answer")

// errEnough stops a model that has written all that is read.
var errEnough = errors.New("enough has been written")

// minPassageTokens is where a prompt is not made any shorter.
const minPassageTokens = 500

// write has the model write, and repair once what cannot be shown. That the model
// fails is noted in trouble and no error.
func (w *writing) write(ctx context.Context) error {
	budget := w.e.opts.PassageTokens
	for {
		if err := w.compose(budget); err != nil {
			return err
		}
		err := w.listen(ctx, w.prompt, func(d drafted) {
			w.seen++
			w.look(ctx, d, w.seen)
		})
		if errors.Is(err, answer.ErrTooLong) && w.seen == 0 && budget > minPassageTokens {
			budget /= 2
			w.step("the prompt was too long, trying with %d tokens of passages", budget)
			continue
		}
		if w.trouble = err; err == nil && w.seen == 0 && !w.declines {
			w.trouble = errUnread
		}
		break
	}
	if len(w.failed) > 0 && w.trouble == nil && len(w.passed) < w.most() {
		w.repair(ctx)
	}
	return nil
}

// listen sends a prompt and hands over each sentence as it is completed. It
// returns why the model did not come to its end; nil when it did.
func (w *writing) listen(ctx context.Context, p answer.Prompt, hear func(drafted)) error {
	text := newModelText(len(w.passages))
	got, err := w.e.model.Complete(ctx, p, func(piece string) error {
		for _, d := range text.add(piece) {
			hear(d)
		}
		if text.full() || text.sentences >= maxDrafted {
			return errEnough
		}
		return nil
	})
	w.usage.Add(got.Usage)
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	if got.Finish == answer.Refused {
		return fmt.Errorf("the model refuses: %s", quote.Clip(got.Refusal, 120))
	}
	for _, d := range text.end() {
		hear(d)
	}
	w.declines = w.declines || text.declines()
	return nil
}

// look checks a sentence and shows it when it passes.
func (w *writing) look(ctx context.Context, d drafted, at int) {
	if len(w.passed) >= w.most() {
		return
	}
	text, cited := plainSentence(d.text, len(w.passages))
	for _, n := range cited { // beside what it names as it was asked to
		if !slices.ContainsFunc(d.sources, func(s source) bool { return s.passage == n }) {
			d.sources = append(d.sources, source{passage: n})
		}
	}
	ok, wrong := w.check(ctx, text, d.sources)
	if wrong != "" {
		w.step("not shown: %s (%s)", quote.Clip(text, 160), wrong)
		w.failed = append(w.failed, failure{at, text, wrong})
		return
	}
	ok.at = at
	if w.to != nil {
		w.addTranslations(&ok, d)
	}
	if i := slices.IndexFunc(w.passed, func(p passed) bool { return repeats(p.text, ok.text) }); i >= 0 {
		if w.passed[i].abroad == "" && w.passed[i].text == ok.text {
			w.passed[i].abroad, w.passed[i].quotes = ok.abroad, ok.quotes
		}
		return
	}
	w.passed = append(w.passed, ok)
	slices.SortStableFunc(w.passed, func(a, b passed) int { return a.at - b.at })
	if w.draft != nil {
		w.draft(w.told(false).Text)
	}
}

// most is how many sentences may be shown: some more than are asked for, so that
// a model that does not count well loses none of two accounts.
func (w *writing) most() int { return w.e.quotes.MaxSentences() + 2 }

// repeats reports whether two sentences have the same words, in whatever order.
func repeats(a, b string) bool { return maps.Equal(stems(a), stems(b)) }

func stems(text string) map[string]bool {
	out := map[string]bool{}
	for _, t := range analysis.Tokenize(text) {
		out[analysis.Stem(t.Word)] = true
	}
	return out
}

// repair lets the model write anew, once, what could not be shown.
func (w *writing) repair(ctx context.Context) {
	failed := w.failed
	w.failed = nil
	var lines []string
	for i, f := range failed {
		lines = append(lines, line(struct {
			Sentence int    `json:"sentence"`
			Text     string `json:"text"`
			Reason   string `json:"reason"`
		}{i + 1, f.text, f.wrong}))
	}
	text, err := w.e.prompts.write("repair", struct{ Failed, Language string }{strings.Join(lines, "\n"), w.to.language()})
	if err != nil {
		w.log.Error("repair prompt not written", "error", err)
		return
	}
	p := w.prompt
	said := `{"answerable": true, "sentences": [` + strings.Join(lines, ", ") + "]}"
	p.Messages = append(slices.Clone(p.Messages), answer.Turn{Role: "assistant", Text: said}, answer.Turn{Role: "user", Text: text})
	p.Schema = &answer.Schema{Name: "repaired", JSON: []byte(repairSchema)}
	if w.to != nil {
		p.Schema.JSON = []byte(repairAbroadSchema)
	}
	used := map[int]bool{}
	declines := w.declines
	err = w.listen(ctx, p, func(d drafted) {
		if d.replaces < 1 || d.replaces > len(failed) || used[d.replaces] {
			return
		}
		used[d.replaces] = true
		w.look(ctx, d, failed[d.replaces-1].at)
	})
	w.declines = declines
	if err != nil {
		w.step("no repair: %v", err)
		w.log.Warn("repair failed", "model", w.e.model.Model(), "error", err)
	}
}
