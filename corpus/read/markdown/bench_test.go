package markdown

import (
	"strings"
	"testing"

	"parley/corpus/read/limit"
)

// BenchmarkRead reads a text of the length of a report.
func BenchmarkRead(b *testing.B) {
	text := "---\ntitle: Fire in Wend\nauthor: Ann Finch\ndate: 2021-05-02\n---\n\n" + strings.Repeat(
		"## The barn\n\nThe old barn of *Wend* burnt on Tuesday, said [the mayor](https://example.org), and \"nobody\" of the 51 guests was hurt.\n\n- Fuel is dear.\n- The boats are old.\n\n", 20)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(limit.New(b.Context(), limit.Limits{}), text); err != nil {
			b.Fatal(err)
		}
	}
}
