package generate

import (
	"reflect"
	"testing"
)

func TestModelText(t *testing.T) {
	one := []drafted{{text: "It rains.", sources: []source{{1, "Rain fell."}}}}
	tests := []struct {
		name, text string
		want       []drafted
		declines   bool
	}{
		{"the form asked for", `{"answerable":true,"sentences":[{"text":"It rains.","sources":[{"passage":1,"quote":"Rain fell."}]}]}`, one, false},
		{"fenced", "```json\n{\"sentences\":[{\"text\":\"It rains.\",\"sources\":[{\"passage\":1,\"quote\":\"Rain fell.\"}]}]}\n```", one, false},
		{"never closed", `{"answerable":true,"sentences":[{"text":"It rains.","sources":[{"passage":1,"quote":"Rain fell."}]},{"text":"It`, one, false},
		{"other names", `{"Sentence":"It rains.","Citations":{"id":"[1]","verbatim":"Rain fell."}}`, one, false},
		{"numbers for sources", `{"text":"It rains.","sources":[1,"2","passage 3"]}`, []drafted{{text: "It rains.", sources: []source{{1, ""}, {2, ""}, {3, ""}}}}, false},
		{"braces and marks in texts", `{"text":"A {\"b\"} c.","sources":[{"passage":1,"quote":"} \\ {"}]}`, []drafted{{text: `A {"b"} c.`, sources: []source{{1, `} \ {`}}}}, false},
		{"a brace behind a mark", `{"text":"A \"} b.","sources":[1]}`, []drafted{{text: `A "} b.`, sources: []source{{1, ""}}}}, false},
		{"no sources", `{"text":"It rains."}`, []drafted{{text: "It rains."}}, false},
		{"sources that are none", `{"text":"It rains.","sources":"somewhere"}`, []drafted{{text: "It rains.", sources: []source{{0, ""}}}}, false},
		{"a text that is none", `{"text":{"a":1},"sources":[1]}`, nil, false},
		{"the form itself", `{"answerable": true, "sentences": [{"text": "…", "sources": [{"passage": 1, "quote": "…"}]}]}`, nil, false},
		{"an empty text", `{"text":" ","sources":[1]}`, nil, false},
		{"declined", `{"answerable": false, "sentences": []}`, nil, true},
		{"declined in words", `{"answerable":"no"}`, nil, true},
		{"says false of something else", `{"sentences":[{"text":"He said \"answerable\": false.","sources":[1]}]}`, []drafted{{text: `He said "answerable": false.`, sources: []source{{1, ""}}}}, false},
		{"prose", "It rains [1]. It snows. [2, 3] Done.", []drafted{{text: "It rains.", sources: []source{{1, ""}}}, {text: "It snows.", sources: []source{{2, ""}, {3, ""}}}, {text: "Done."}}, false},
		{"prose about passages", "It rains (passage 4).", []drafted{{text: "It rains.", sources: []source{{4, ""}}}}, false},
		{"nothing", "", nil, false},
		{"raw line breaks", "{\"sentences\":[{\"text\":\"It\nrains.\",\"sources\":[{\"passage\":1,\"quote\":\"Rain fell.\"}]}]}", []drafted{{text: "It\nrains.", sources: one[0].sources}}, false},
		{"commas too many", `{"answerable":true,"sentences":[{"text":"It rains.","sources":[{"passage":1,"quote":"Rain fell.",},],},],}`, one, false},
		{"single quotes", `{'answerable': True, 'sentences': [{'text': 'It rains.', 'sources': [{'passage': 1, 'quote': 'Rain fell.'}]}]}`, one, false},
		{"single quotes, declined", `{'answerable': False, 'sentences': []}`, nil, true},
		{"comments", "{\"sentences\": [ // the \"first\n{\"text\": \"It rains.\", /* \" */ \"sources\": [{\"passage\": 1, \"quote\": \"Rain fell.\"}]}]}", one, false},
		{"cut in a quotation", `{"answerable":true,"sentences":[{"text":"It rains.","sources":[{"passage":1,"quote":"Rain f`, []drafted{{text: "It rains.", sources: []source{{1, ""}}}}, false},
		{"cut in a sentence", `{"answerable":true,"sentences":[{"text":"It rai`, nil, false},
		{"cut in the second", `{"sentences":[{"text":"It rains.","sources":[{"passage":1,"quote":"Rain fell."}]},{"text":"It snows.","sources":[{"passage":2,"quote":"Sn`, append(one[:1:1], drafted{text: "It snows.", sources: []source{{2, ""}}}), false},
		{"text around", "Here you are {really}:\n{\"sentences\":[{'text':'It rains.','sources':[{'passage':1,'quote':'Rain fell.'}]}]}\nGood luck!", one, false},
		{"an answer in prose", `{"answerable": true, "answer": "It rains [1]."}`, []drafted{{text: "It rains.", sources: []source{{1, ""}}}}, false},
		{"sentences in prose", `{"sentences": ["It rains [1].", "It snows [2]."]}`, []drafted{{text: "It rains.", sources: []source{{1, ""}}}, {text: "It snows.", sources: []source{{2, ""}}}}, false},
		{"JSON in a string", `{"response": "{\"sentences\":[{\"text\":\"It rains.\",\"sources\":[{\"passage\":1,\"quote\":\"Rain fell.\"}]}]}"}`, one, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, step := range []int{1, 7, len(tt.text) + 1} {
				m := newModelText(9)
				var got []drafted
				for text := tt.text; text != ""; {
					n := min(step, len(text))
					got = append(got, m.add(text[:n])...)
					text = text[n:]
				}
				got = append(got, m.end()...)
				if !reflect.DeepEqual(got, tt.want) {
					t.Errorf("in steps of %d: got %+v, want %+v", step, got, tt.want)
				}
				if m.declines() != tt.declines {
					t.Errorf("declines: %v", m.declines())
				}
			}
		})
	}
}

// FuzzModelText guards that whatever a model writes is read without a panic and
// within bounds, however it comes in pieces.
func FuzzModelText(f *testing.F) {
	for _, s := range []string{`{"text":"a","sources":[{"passage":1,"quote":"b"}]}`, `}{"`, `{"text":"\u00`, "a [1]. b [99999999999]", `{"a":{"text":"x"}}`, "{{{{", `{"answerable":false}`} {
		f.Add(s, 3)
	}
	f.Fuzz(func(t *testing.T, s string, step int) {
		if step < 1 {
			step = 1
		}
		m, whole := newModelText(9), newModelText(9)
		var pieces []drafted
		for text := s; text != ""; {
			n := min(step, len(text))
			pieces = append(pieces, m.add(text[:n])...)
			text = text[n:]
		}
		pieces = append(pieces, m.end()...)
		at := append(whole.add(s), whole.end()...)
		if len(s) < maxModelText && !reflect.DeepEqual(pieces, at) {
			t.Errorf("in pieces %+v, whole %+v", pieces, at)
		}
		if len(m.b) > maxModelText {
			t.Errorf("%d bytes are kept", len(m.b))
		}
	})
}

// FuzzPlainSentence guards that nothing of a model's markup is left that would be
// taken for a citation or a link.
func FuzzPlainSentence(f *testing.F) {
	for _, s := range []string{"**a** [1]", "- `x` ||y||", "1. a", "[a](b)", "a\u202eb", "# x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, _ := plainSentence(s, 9)
		if again, _ := plainSentence(got, 9); marking().bracket.MatchString(got) && got == again {
			t.Errorf("%q becomes %q", s, got)
		}
	})
}
