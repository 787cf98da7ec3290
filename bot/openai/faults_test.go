package openai_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
	"parley/retrieval"
)

// said is a text that is streamed in several pieces.
const said = `{"said": "The talks lasted five hours, and nobody said what they were about."}`

// outcome is what a fault comes to.
type outcome struct {
	kind   openai.Kind // "" for an answer
	finish answer.Finish
	text   string // that was handed on: all of said, a part of it ("part"), or none
	tries  int    // requests, for a fault that stays
	detail string // something of what the error says
}

// chatOutcomes has every fault that a chat can meet.
func chatOutcomes() map[openaitest.Fault]outcome {
	const all, part = said, "part"
	fine := outcome{finish: answer.Finished, text: all, tries: 1}
	return map[openaitest.Fault]outcome{
		openaitest.BadCertificate:  {kind: openai.KindTLS, detail: "certificate"},
		openaitest.BrokenHandshake: {kind: openai.KindTLS, detail: "handshake"},
		openaitest.Dropped:         {kind: openai.KindUnreachable, tries: 3},
		openaitest.Unauthorized:    {kind: openai.KindAuth, tries: 1, detail: "401"},
		openaitest.Forbidden:       {kind: openai.KindAuth, tries: 1, detail: "You may not use this model"},
		openaitest.UnknownModel:    {kind: openai.KindModel, tries: 1, detail: "does not exist"},
		openaitest.UnknownPath:     {kind: openai.KindModel, tries: 1, detail: "a web page: Sign in"},
		openaitest.RateLimited:     {kind: openai.KindRate, tries: 3, detail: "429"},
		openaitest.QuotaUsedUp:     {kind: openai.KindRate, tries: 1, detail: "quota is used up"},
		openaitest.InternalError:   {kind: openai.KindServer, tries: 4, detail: "500"}, // once with next to nothing
		openaitest.BadGateway:      {kind: openai.KindServer, tries: 3, detail: "a web page: Sign in"},
		openaitest.Unavailable:     {kind: openai.KindServer, tries: 3, detail: "overloaded"},
		openaitest.BadRequest:      {kind: openai.KindRequest, tries: 2, detail: "Bad request"}, // once more with less
		openaitest.Redirect:        {kind: openai.KindProtocol, tries: 1, detail: "redirects"},
		openaitest.Switching:       {kind: openai.KindProtocol, tries: 1, detail: "another protocol"},
		openaitest.PromptFilter:    {finish: answer.Refused, tries: 1},
		openaitest.TooLongOpenAI:   {kind: openai.KindTooLong, tries: 1},
		openaitest.TooLongLlamaCPP: {kind: openai.KindTooLong, tries: 1},
		openaitest.TooLongVLLM:     {kind: openai.KindTooLong, tries: 1},
		openaitest.TooLongOllama:   {kind: openai.KindTooLong, tries: 1},
		openaitest.EmptyBody:       {kind: openai.KindProtocol, tries: 1, detail: "empty"},
		openaitest.HTMLPage:        {kind: openai.KindProtocol, tries: 1, detail: "web page"},
		openaitest.BrokenJSON:      {kind: openai.KindProtocol, text: part, tries: 1, detail: "no JSON"},
		openaitest.ErrorInBody:     {kind: openai.KindServer, tries: 3, detail: "upstream is not there"},
		openaitest.StalledEarly:    {kind: openai.KindStalled, tries: 3},
		openaitest.Slow:            fine,
		openaitest.Huge:            {kind: openai.KindProtocol, tries: 1, detail: "larger"},
		openaitest.Truncated:       {kind: openai.KindProtocol, text: part, tries: 1, detail: "breaks off"},
		openaitest.Reset:           {kind: openai.KindUnreachable, text: part, tries: 1, detail: "reset"},
		openaitest.StalledMiddle:   {kind: openai.KindStalled, text: part, tries: 1},
		openaitest.Endless:         {kind: openai.KindProtocol, text: part, tries: 1, detail: "far beyond"},
		openaitest.ErrorInStream:   {kind: openai.KindServer, text: part, tries: 1, detail: "crashed"},
		openaitest.RefusalDelta:    {finish: answer.Refused, tries: 1},
		openaitest.ContentFilter:   {finish: answer.Refused, text: all, tries: 1},
		openaitest.ToolCall:        {kind: openai.KindProtocol, text: part, tries: 1, detail: "tool"},
		openaitest.NoText:          {kind: openai.KindProtocol, tries: 1, detail: "empty"},
		openaitest.NoEnd:           fine,
		openaitest.Comments:        fine,
		openaitest.LateEnd:         fine,
		openaitest.NoUsage:         fine,
		openaitest.NoSchema:        {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoObject:        fine,
		openaitest.NoStreamOptions: {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoTemperature:   {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoMaxTokens:     {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoCompletionMax: fine,
		openaitest.NoStreaming:     fine,
		openaitest.NoStream:        {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoSystem:        {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoSystemCrash:   {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoZero:          {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoKeywords:      {finish: answer.Finished, text: all, tries: 2},
		openaitest.NoEffort:        fine,
		openaitest.Says:            {kind: openai.KindRequest, tries: 2, detail: "says nothing"},
	}
}

// ofVectors are the faults that no chat can meet.
func ofVectors() []openaitest.Fault {
	return []openaitest.Fault{
		openaitest.WrongCount, openaitest.WrongDimensions, openaitest.MixedDimensions, openaitest.NaNVector, openaitest.NullVector,
		openaitest.ZeroVector, openaitest.DoubleIndex, openaitest.Shuffled, openaitest.TooManyTexts, openaitest.NoDimensions,
		openaitest.NoBase64, openaitest.OnlyFloats, openaitest.NoList, openaitest.BadText, openaitest.ZeroText, openaitest.NullText,
		openaitest.LongText, openaitest.OneText,
	}
}

func TestChatFaults(t *testing.T) {
	outcomes := chatOutcomes()
	for _, fault := range openaitest.Faults() {
		want, ok := outcomes[fault]
		if !ok {
			if !slices.Contains(ofVectors(), fault) {
				t.Errorf("%q is in no table", fault)
			}
			continue
		}
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{
				Faults: []openaitest.Fault{fault},
				Chat:   func(openaitest.Request) openaitest.Script { return openaitest.Script{Text: said} },
			})
			var l logs
			o := options(s)
			o.Log = l.logger()
			if silent(fault) {
				o.Stall = silence
			}
			o.BaseURL = strings.Replace(o.BaseURL, "://", "://user:hunter2hunter2@", 1)
			c := newClient(t, o)
			began := time.Now()
			text, done, err := complete(t.Context(), c, withSchema("How long did the talks last?"))
			took := time.Since(began)
			checkOutcome(t, c, want, text, done, err)
			if tries := s.Count(openaitest.Chat); tries != want.tries || done.Usage.Requests != max(tries, len(want.tls())) {
				t.Errorf("got %d requests and usage %+v, want %d", tries, done.Usage, want.tries)
			}
			if most := 8 * time.Second; took > most {
				t.Errorf("took %v", took)
			}
			if fault == openaitest.NoUsage != (done.Usage.Estimated && err == nil) && fault != openaitest.NoEnd && fault != openaitest.NoStreamOptions && err == nil && done.Finish != answer.Refused {
				t.Errorf("got usage %+v", done.Usage)
			}
			keepsQuiet(t, &l, c, err, s.Key(), "hunter2hunter2")
		})
	}
}

// tls is one request that no server counts, when the connection fails.
func (o outcome) tls() []int {
	if o.kind == openai.KindTLS {
		return make([]int, 1)
	}
	return nil
}

func checkOutcome(t *testing.T, c *openai.Client, want outcome, text string, done answer.Completion, err error) {
	t.Helper()
	e, ok := errors.AsType[*openai.Error](err)
	switch {
	case want.kind == "" && err != nil:
		t.Fatalf("got error %v", err)
	case want.kind == "" && done.Finish != want.finish:
		t.Errorf("got %+v, want finish %q", done, want.finish)
	case want.kind != "" && (!ok || e.Kind != want.kind || !strings.Contains(e.Error(), want.detail)):
		t.Fatalf("got error %v (%+v), want kind %q and %q in it", err, e, want.kind, want.detail)
	case want.kind != "" && (e.Hint() == "" || e.Message() == "" || utf8.RuneCountInString(e.Detail) > 200 || strings.ContainsAny(e.Error(), "\n\r")):
		t.Errorf("got error %q, hint %q", e, e.Hint())
	}
	if errors.Is(err, answer.ErrTooLong) != (want.kind == openai.KindTooLong) {
		t.Errorf("got error %v, which is answer.ErrTooLong: %v", err, errors.Is(err, answer.ErrTooLong))
	}
	if want.text == "part" && (text == "" || text == said) || want.text != "part" && text != want.text {
		t.Errorf("got text %q, want %q", text, want.text)
	}
	state := c.State().Chat
	if err != nil && (state.Failure != e.Message() || state.Hint != e.Hint() || state.At.IsZero()) {
		t.Errorf("got state %+v after %v", state, err)
	}
	if state.Usage != done.Usage {
		t.Errorf("got state %+v after usage %+v", state, done.Usage)
	}
}

// embedOutcomes has every fault that a request for vectors can meet.
func embedOutcomes() map[openaitest.Fault]outcome {
	fine := outcome{tries: 1}
	again := outcome{tries: 2}
	bad := func(detail string) outcome { return outcome{kind: openai.KindProtocol, tries: 1, detail: detail} }
	none := func(detail string) outcome { return outcome{kind: openai.KindProtocol, tries: 2, detail: detail} } // and a text that all can do
	return map[openaitest.Fault]outcome{
		openaitest.BadCertificate:  {kind: openai.KindTLS, detail: "certificate"},
		openaitest.BrokenHandshake: {kind: openai.KindTLS, detail: "handshake"},
		openaitest.Dropped:         {kind: openai.KindUnreachable, tries: 3},
		openaitest.Unauthorized:    {kind: openai.KindAuth, tries: 1},
		openaitest.Forbidden:       {kind: openai.KindAuth, tries: 1},
		openaitest.UnknownModel:    {kind: openai.KindModel, tries: 1},
		openaitest.UnknownPath:     {kind: openai.KindModel, tries: 1, detail: "a web page: Sign in"},
		openaitest.RateLimited:     {kind: openai.KindRate, tries: 3},
		openaitest.QuotaUsedUp:     {kind: openai.KindRate, tries: 1},
		openaitest.InternalError:   {kind: openai.KindServer, tries: 5},
		openaitest.BadGateway:      {kind: openai.KindServer, tries: 3},
		openaitest.Unavailable:     {kind: openai.KindServer, tries: 3},
		openaitest.BadRequest:      {kind: openai.KindRequest, tries: 5, detail: "Bad request"}, // halved, and a text that all can do
		openaitest.Redirect:        bad("redirects"),
		openaitest.Switching:       bad("another protocol"),
		openaitest.EmptyBody:       bad("empty"),
		openaitest.HTMLPage:        bad("web page"),
		openaitest.BrokenJSON:      bad("no JSON"),
		openaitest.ErrorInBody:     {kind: openai.KindServer, tries: 3, detail: "upstream"},
		openaitest.StalledEarly:    {kind: openai.KindStalled, tries: 3},
		openaitest.Slow:            fine,
		openaitest.Huge:            bad("larger"),
		openaitest.Truncated:       bad("EOF"),
		openaitest.WrongCount:      bad("4 vectors for 5 texts"),
		openaitest.MixedDimensions: bad("dimensions instead of"),
		openaitest.WrongDimensions: fine, // nobody has said how many there are
		openaitest.NaNVector:       none("not finite"),
		openaitest.NullVector:      none("no number"),
		openaitest.ZeroVector:      none("zero"),
		openaitest.DoubleIndex:     bad("twice"),
		openaitest.Shuffled:        fine,
		openaitest.TooManyTexts:    {tries: 3},
		openaitest.NoUsage:         fine,
		openaitest.NoDimensions:    fine, // none are asked for
		openaitest.NoBase64:        again,
		openaitest.OnlyFloats:      fine,
		openaitest.OneText:         {tries: 11}, // 5, a text that all can do, then 5, 3, 2, 1, 1, 1, 2, 1, 1
		// No text of these is bad.
		openaitest.BadText:  fine,
		openaitest.ZeroText: fine,
		openaitest.NullText: fine,
		openaitest.LongText: fine,
		// Too long even when cut four times.
		openaitest.TooLongOpenAI:   {kind: openai.KindTooLong, tries: 9},
		openaitest.TooLongLlamaCPP: {kind: openai.KindTooLong, tries: 9},
		openaitest.TooLongVLLM:     {kind: openai.KindTooLong, tries: 9},
		openaitest.TooLongOllama:   {kind: openai.KindTooLong, tries: 9},
	}
}

func TestEmbedFaults(t *testing.T) {
	texts := []string{"the talks in the Kremlin", "", "bread and flour", "five hours of talks", "x", "an envoy"}
	for fault, want := range embedOutcomes() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{fault}})
			var l logs
			o := options(s)
			o.Log, o.EmbeddingPrice = l.logger(), 5
			if silent(fault) {
				o.Stall = silence
			}
			if want.kind == openai.KindProtocol {
				o.Parallel = 2 // a server that is dropped at once may still be sending
			}
			c := newClient(t, o)
			vecs, err := c.Embedder().Embed(t.Context(), retrieval.Document, texts)
			e, ok := errors.AsType[*openai.Error](err)
			switch {
			case want.kind == "" && err != nil:
				t.Fatalf("got error %v", err)
			case want.kind != "" && (!ok || e.Kind != want.kind || !strings.Contains(e.Error(), want.detail) || vecs != nil):
				t.Fatalf("got %d vectors and error %v, want kind %q and %q in it", len(vecs), err, want.kind, want.detail)
			}
			if got := s.Count(openaitest.Embeddings); got != want.tries {
				t.Errorf("got %d requests, want %d", got, want.tries)
			}
			if err == nil {
				checkVectors(t, texts, vecs)
			}
			u := c.State().Embeddings.Usage
			if want.kind == "" && (u.PromptTokens == 0 || u.Cost == 0 || u.Estimated != (fault == openaitest.NoUsage)) {
				t.Errorf("got usage %+v", u)
			}
			keepsQuiet(t, &l, c, err, s.Key())
		})
	}
}

func checkVectors(t *testing.T, texts []string, vecs [][]float32) {
	t.Helper()
	if len(vecs) != len(texts) {
		t.Fatalf("got %d vectors for %d texts", len(vecs), len(texts))
	}
	for i, text := range texts {
		if text == "" {
			if vecs[i] != nil {
				t.Errorf("text %d says nothing and has a vector", i)
			}
			continue
		}
		if want := openaitest.Vector(text, len(vecs[i])); !slices.Equal(vecs[i], want) {
			t.Errorf("text %d has the vector of another one", i)
		}
	}
}

// TestDead: a server that is not there.
func TestDead(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	c := newClient(t, options(s))
	s.Die()
	_, done, err := complete(t.Context(), c, prompt("hello"))
	if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindUnreachable || done.Usage.PromptTokens != 0 {
		t.Errorf("got %+v, %v", done, err)
	}
	o := options(s)
	o.BaseURL = "http://no-such-host.invalid/v1"
	_, _, err = complete(t.Context(), newClient(t, o), prompt("hello"))
	if e, ok := errors.AsType[*openai.Error](err); !ok || e.Kind != openai.KindUnreachable {
		t.Errorf("unknown host: got %v", err)
	}
}

// TestDeadline: the end of the caller's context is the end of a call, whatever
// the endpoint does.
func TestDeadline(t *testing.T) {
	const within = 100 * time.Millisecond
	tests := []struct {
		name    string
		failure openaitest.Failure
		pace    time.Duration
	}{
		{"no answer", openaitest.Failure{Fault: openaitest.StalledEarly}, 0},
		{"silence in the middle", openaitest.Failure{Fault: openaitest.StalledMiddle}, 0},
		{"a stream that drips", openaitest.Failure{Fault: openaitest.Comments}, 50 * time.Millisecond},
		{"endless", openaitest.Failure{Fault: openaitest.Endless}, 5 * time.Millisecond},
		{"asked to wait", openaitest.Failure{Fault: openaitest.RateLimited, RetryAfter: "3600"}, 0},
		{"asked to wait a little", openaitest.Failure{Fault: openaitest.RateLimited, RetryAfter: "0.15"}, 0},
		{"late", openaitest.Failure{Fault: openaitest.Slow, Wait: time.Minute}, 0},
	}
	for _, tt := range tests {
		for _, how := range []string{"deadline", "cancel", "own"} {
			t.Run(tt.name+" "+how, func(t *testing.T) {
				t.Parallel()
				s := openaitest.New(t, openaitest.Options{Pace: tt.pace})
				s.Fail(tt.failure)
				const limit = 200 * time.Millisecond
				took, err := time.Hour, error(nil)
				for try := 0; try < 3 && took > limit+within; try++ { // the machine may be busy elsewhere
					took, err = callFor(t, s, how, limit)
				}
				if err == nil || took > limit+within {
					t.Errorf("got %v after %v", err, took)
				}
				if how == "cancel" && tt.failure.RetryAfter == "" && err != context.Canceled { //nolint:errorlint // as it is
					t.Errorf("cancelled: got %v", err)
				}
				if e, ok := errors.AsType[*openai.Error](err); how != "cancel" && (!ok || e.Kind != openai.KindTimeout && e.Kind != openai.KindRate) {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

// callFor makes a call that ends after a while, in one of three ways.
func callFor(t *testing.T, s *openaitest.Server, how string, limit time.Duration) (time.Duration, error) {
	t.Helper()
	o := options(s)
	o.Stall = 10 * time.Second
	ctx := t.Context()
	switch how {
	case "own":
		o.Timeout = limit
	case "deadline":
		deadline, cancel := context.WithTimeout(ctx, limit)
		defer cancel()
		ctx = deadline
	case "cancel":
		cancelled, cancel := context.WithCancel(ctx)
		defer time.AfterFunc(limit, cancel).Stop()
		ctx = cancelled
	}
	c := newClient(t, o)
	p := prompt(strings.Repeat("word ", 500))
	p.MaxTokens = 100_000
	began := time.Now()
	_, _, err := complete(ctx, c, p)
	return time.Since(began), err
}

// TestNoLeaks: no fault leaves a goroutine or a connection behind.
func TestNoLeaks(t *testing.T) {
	for _, fault := range openaitest.Faults() {
		t.Run(string(fault), func(t *testing.T) {
			noLeaks(t)
			s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{fault}})
			o := options(s)
			o.Retries = 1
			if silent(fault) {
				o.Stall = silence / 6
			}
			c := newClient(t, o)
			_, _, _ = complete(t.Context(), c, withSchema(said))
			_, _ = c.Embedder().Embed(t.Context(), retrieval.Document, numbered(5))
			_, _ = c.Embedder().Embed(t.Context(), retrieval.QueryText, []string{"a query"})
			for deadline := time.Now().Add(2 * time.Second); s.Flying() > 0 && time.Now().Before(deadline); {
				time.Sleep(time.Millisecond)
			}
			if got := s.Flying(); got > 0 {
				t.Errorf("%d requests go on after the client has left", got)
			}
		})
	}
}
