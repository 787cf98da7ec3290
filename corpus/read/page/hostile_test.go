package page_test

import (
	"strings"
	"testing"
	"time"

	"parley/corpus/read/limit"
	"parley/corpus/read/page"
)

func TestHostile(t *testing.T) {
	tests := []struct{ name, html string }{
		{"paragraphs", strings.Repeat("<p>", 2<<20)},
		{"paragraphs with text", strings.Repeat("<p>The ferry of Ostrel is old. ", 150_000)},
		{"nested", strings.Repeat("<div>", 100_000) + body},
		{"tables", strings.Repeat("<table><tr><td>", 50_000) + body},
		{"attributes", "<p " + strings.Repeat(`class="a b c d" `, 300_000) + ">" + body},
		{"names", strings.Repeat(`<div class="`+strings.Repeat("aB", 2000)+`">x</div>`, 1500)},
		{"bold", strings.Repeat("<b>", 200_000) + body},
		{"headings", strings.Repeat("<h1>The ferry of Ostrel", 60_000)},
		{"times", "<div>" + strings.Repeat("<time>9:00</time>", 80_000) + body},
		{"linked", ld(strings.Repeat(`{"@graph":[`, 200_000))},
		{"links", strings.Repeat(`<a href="/x">The ferry of Ostrel is sold</a> `, 90_000)},
		{"custom elements", strings.Repeat("<x-p>The ferry of Ostrel is old.</x-p>", 40_000)},
		{"custom elements in each other", strings.Repeat("<x-p>The ferry is old. ", 200) + strings.Repeat("<x-q>It is old.</x-q>", 20_000)},
		{"captions", "<figure><blockquote>" + body + "</blockquote>" + strings.Repeat("<figcaption>The ferry is old.</figcaption>", 20_000) + "</figure>"},
		{"cards", strings.Repeat(`<h2><a href="/x">The ferry is sold</a></h2><p>It is as old as the mayor.</p>`, 15_000)},
		{"hosts", strings.Repeat(`<p><a href="https://a.example/x">The ferry</a></p><p>It is as old as that.</p>`, 20_000)},
		{"sections that open", strings.Repeat("<details><summary>The ferry</summary>It is old.", 120) + strings.Repeat("<p>It is old.</p>", 15_000)},
		{"one word", "<p>" + strings.Repeat("ferry", 1_500_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			d, err := page.Read(limit.New(t.Context(), limit.Limits{}), tt.html)
			if took := time.Since(start); took > 15*time.Second {
				t.Errorf("took %s", took)
			}
			if err == nil && d == nil {
				t.Error("neither a document nor an error")
			}
		})
	}
}
