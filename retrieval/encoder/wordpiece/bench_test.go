package wordpiece

import (
	"strings"
	"testing"
)

const sentence = "The council approved the 38-million-euro bridge on Tuesday, although engineers had warned of subsidence beneath its northern abutment. "

func BenchmarkNew(b *testing.B) {
	words := testVocabulary(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(words); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppend(b *testing.B) {
	tok := open(b, testVocabulary(b))
	for _, bb := range []struct{ name, text string }{
		{"query", "when was the new bridge over the river approved?"},
		{"passage", strings.Repeat(sentence, 10)},
		{"accents", strings.Repeat("Žluťoučký kůň příšerně úpěl ďábelské ódy. ", 20)},
		{"Cyrillic", strings.Repeat("Съешь же ещё этих мягких французских булок. ", 20)},
		{"ideographs", strings.Repeat("我爱北京天安门。", 50)},
		{"a megabyte without blanks", strings.Repeat("a", 1<<20)},
		{"a megabyte of accents", "a" + strings.Repeat("\u0301", 1<<19)},
		{"a megabyte that moves", "a" + strings.Repeat("\u0301\u302e\u0323", 1<<17)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			dst := tok.Append(nil, bb.text, len(bb.text)+2)
			b.SetBytes(int64(len(bb.text)))
			b.ReportAllocs()
			for b.Loop() {
				dst = tok.Append(dst[:0], bb.text, len(bb.text)+2)
			}
			b.ReportMetric(float64(len(dst)), "tokens")
		})
	}
}
