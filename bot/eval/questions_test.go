package eval

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestLines(t *testing.T) {
	in := "\ufeff{\"id\":\"a\",\"question\":\"Who?\",\"other\":[1]}\n\n  {\"id\":\"b\",\"history\":[[\"user\",\"What?\"],[\"agent\",\"That.\"]],\"date\":\"2025-12-02\"}\r\n"
	var got []Question
	for q, err := range Lines[Question](strings.NewReader(in)) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, q)
	}
	if len(got) != 2 || got[0].Text != "Who?" || got[1].ID != "b" {
		t.Fatalf("got %+v", got)
	}
	asOf := time.Date(2025, 12, 3, 0, 0, 0, 0, time.UTC)
	if q := got[0].Ask(asOf); !q.AsOf.Equal(asOf) {
		t.Errorf("a question without a date is asked on %v, want %v", q.AsOf, asOf)
	}
	q := got[1].Ask(asOf)
	if !q.AsOf.Equal(asOf.AddDate(0, 0, -1)) {
		t.Errorf("a question's own date gives way: %v", q.AsOf)
	}
	if len(q.History) != 2 || q.History[0].Role != "user" || q.History[1].Text != "That." {
		t.Errorf("got history %+v", q.History)
	}
}

func TestLinesNamesTheLine(t *testing.T) {
	for _, tt := range []struct{ name, in, want string }{
		{"not JSON", "{}\n\n{\"id\"\n", "line 3: unexpected end of JSON input"},
		{"not an object", "[1]\n", "line 1: "},
		{"another type", "{\"question\": 7}\n", `line 1: "question" cannot be a number`},
		{"not a date", "{\"date\": \"soon\"}\n", `line 1: "soon" is not a date such as 2025-12-03`},
		{"no end", "{}\n" + strings.Repeat("\x00", maxLine+1), "line 2: it is longer than "},
		{"a date that is a number", "{\"date\": 20251203}\n", "line 1: 20251203 is not a date"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var last error
			for _, err := range Lines[Question](strings.NewReader(tt.in)) {
				last = err
			}
			if last == nil || !strings.HasPrefix(last.Error(), tt.want) {
				t.Errorf("got %v, want %s", last, tt.want)
			}
		})
	}
	want := errors.New("cut")
	for _, err := range Lines[Question](iotest.ErrReader(want)) {
		if !errors.Is(err, want) {
			t.Errorf("got %v, want %v", err, want)
		}
	}
}

func TestDay(t *testing.T) {
	want := time.Date(2025, 12, 3, 0, 0, 0, 0, time.UTC)
	for _, s := range []string{"2025-12-03", "2025-12-03T00:00:00Z", "3 December 2025", "December 3, 2025", " 3 Dec 2025 ", "2025-12-03 00:00:00"} {
		var d Day
		if err := d.UnmarshalText([]byte(s)); err != nil || !d.Equal(want) {
			t.Errorf("%q: got %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", " "} {
		if d := (Day{want}); d.UnmarshalText([]byte(s)) != nil || !d.IsZero() {
			t.Errorf("%q: got %v, want no day", s, d)
		}
	}
	for _, s := range []string{"tomorrow", "2025-13-01", "3.12.2025"} {
		if err := new(Day).UnmarshalText([]byte(s)); err == nil {
			t.Errorf("%q is taken for a date", s)
		}
	}
}
