package openai_test

import (
	"errors"
	"strings"
	"testing"

	"parley/bot/answer"
	"parley/bot/openai"
	"parley/bot/openai/openaitest"
)

// TestRefusedParts: an endpoint that refuses a part of a request, in whatever words
// or none, is asked without that part, and with all others; the second question asks once.
func TestRefusedParts(t *testing.T) {
	t.Parallel()
	const wordless = openaitest.BadRequest
	parts := map[string]struct {
		in    func(openaitest.Request) bool // whether the part is there
		words openaitest.Fault              // of a server that says so
	}{
		"system": {func(r openaitest.Request) bool { return r.System() != "" }, openaitest.NoSystem},
		"crash":  {func(r openaitest.Request) bool { return r.System() != "" }, openaitest.NoSystemCrash},
		"schema": {func(r openaitest.Request) bool { return r.Format == "json_schema" }, openaitest.NoKeywords},
		"zero":   {func(r openaitest.Request) bool { return r.Temperature != nil && *r.Temperature == 0 }, openaitest.NoZero},
		"temperature": {
			func(r openaitest.Request) bool { return r.Temperature != nil && *r.Temperature != 1 }, openaitest.NoTemperature,
		},
		"bound":  {func(r openaitest.Request) bool { return r.LimitName == "max_tokens" }, openaitest.NoMaxTokens},
		"usage":  {func(r openaitest.Request) bool { return r.IncludeUsage }, openaitest.NoStreamOptions},
		"stream": {func(r openaitest.Request) bool { return r.Stream }, openaitest.NoStream},
	}
	for name, part := range parts {
		for _, fault := range []openaitest.Fault{part.words, wordless, openaitest.InternalError} {
			t.Run(name+" "+string(fault), func(t *testing.T) {
				t.Parallel()
				s := openaitest.New(t, openaitest.Options{Chat: func(r openaitest.Request) openaitest.Script {
					if part.in(r) {
						return openaitest.Script{Fault: fault}
					}
					return openaitest.Script{Text: said}
				}})
				c := newClient(t, options(s))
				p := withSchema("How long did the talks last?")
				p.System = "Keep to the articles. Write JSON."
				for i, most := range []int{11, 1} {
					before := s.Count(openaitest.Chat)
					got, done, err := complete(t.Context(), c, p)
					if err != nil || got != said || done.Finish != answer.Finished {
						t.Fatalf("call %d: got %q, %+v, %v", i, got, done, err)
					}
					tries := s.Count(openaitest.Chat) - before
					if tries > most || fault == part.words && i == 0 && tries > 3 {
						t.Errorf("call %d: got %d requests", i, tries)
					}
				}
				for other, o := range parts {
					r := last(s)
					gone := name == other || o.words == openaitest.NoStreamOptions && name == "stream" ||
						strings.Contains("system crash", name) && strings.Contains("system crash", other) ||
						strings.Contains("zero temperature", name) && strings.Contains("zero temperature", other)
					if !gone && !o.in(r) {
						t.Errorf("%s is left out, too: %s", other, r.Body)
					}
				}
				if r := last(s); !strings.Contains(string(r.Body), "Keep to the articles") {
					t.Errorf("the rules are lost: %s", r.Body)
				}
				if c.State().Chat.Breaker.Open {
					t.Error("finding out has opened the breaker")
				}
			})
		}
	}
}

func last(s *openaitest.Server) openaitest.Request {
	r := s.Requests()
	return r[len(r)-1]
}

// TestSystemInUser: the rules stand before what the user says first, once.
func TestSystemInUser(t *testing.T) {
	t.Parallel()
	s := openaitest.New(t, openaitest.Options{Faults: []openaitest.Fault{openaitest.NoSystem}})
	p := withSchema("And then?")
	p.System = "Rules as JSON."
	p.Messages = append([]answer.Turn{{Role: "user", Text: "What?"}, {Role: "assistant", Text: "That."}}, p.Messages...)
	if _, _, err := complete(t.Context(), newClient(t, options(s)), p); err != nil {
		t.Fatal(err)
	}
	r := last(s)
	want := []openaitest.Message{{Role: "user", Content: "Rules as JSON.\n\nWhat?"}, {Role: "assistant", Content: "That."}, {Role: "user", Content: "And then?"}}
	if len(r.Messages) != len(want) {
		t.Fatalf("got %+v", r.Messages)
	}
	for i, m := range r.Messages {
		if m != want[i] {
			t.Errorf("message %d: got %+v, want %+v", i, m, want[i])
		}
	}
}

// TestIllIsNoRefusal: an endpoint that fails whatever it is asked is not asked over
// and over, and once it is well it is asked for everything.
func TestIllIsNoRefusal(t *testing.T) {
	t.Parallel()
	for _, fault := range []openaitest.Fault{openaitest.InternalError, openaitest.BadRequest, openaitest.Unavailable} {
		s := openaitest.New(t, openaitest.Options{})
		c := newClient(t, options(s))
		s.Fail(openaitest.Failure{Fault: fault})
		for i, most := range []int{4, 3} {
			before := s.Count(openaitest.Chat)
			if _, _, err := complete(t.Context(), c, withSchema(said)); err == nil {
				t.Error("got no error")
			}
			if tries := s.Count(openaitest.Chat) - before; tries > most {
				t.Errorf("%s, call %d: got %d requests", fault, i, tries)
			}
		}
		s.Calm()
		c = newClient(t, options(s)) // whose breaker is closed
		if _, _, err := complete(t.Context(), c, withSchema(said)); err != nil || last(s).Format != "json_schema" {
			t.Errorf("%s: got %v, %s", fault, err, last(s).Body)
		}
	}
}

// TestAllThought: a model that spends all it may write on thinking gets more room,
// once and from then on; if that does not help, it is said.
func TestAllThought(t *testing.T) {
	t.Parallel()
	for _, faults := range [][]openaitest.Fault{nil, {openaitest.NoEffort}} {
		s := openaitest.New(t, openaitest.Options{Faults: faults, Chat: func(r openaitest.Request) openaitest.Script {
			if r.MaxTokens < 400 {
				return openaitest.Script{Reasoning: "Let me see.", Finish: "length"}
			}
			return openaitest.Script{Text: said}
		}})
		c := newClient(t, options(s))
		for i, want := range []int{2 + len(faults), 1} {
			before := s.Count(openaitest.Chat)
			got, _, err := complete(t.Context(), c, withSchema(said))
			if tries := s.Count(openaitest.Chat) - before; err != nil || got != said || tries != want {
				t.Errorf("call %d: got %q, %v after %d requests", i, got, err, tries)
			}
		}
		if last(s).Effort != "low" != (faults != nil) {
			t.Errorf("got %s", last(s).Body)
		}
	}
	s := openaitest.New(t, openaitest.Options{Chat: func(openaitest.Request) openaitest.Script {
		return openaitest.Script{Text: "<think>so much to think", Finish: "length"}
	}})
	_, done, err := complete(t.Context(), newClient(t, options(s)), prompt("hello"))
	if e := asError(t, err); e.Kind != openai.KindThought || done.Usage.Requests != 2 || !strings.Contains(e.Error(), "400 tokens") || e.Hint() == "" {
		t.Errorf("got %+v, %v", done, err)
	}
}

func asError(t *testing.T, err error) *openai.Error {
	t.Helper()
	e, ok := errors.AsType[*openai.Error](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	return e
}
