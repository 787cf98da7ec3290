package pdf

import "testing"

// TestTakeCells has two cells below one: the first moves its edge.
func TestTakeCells(t *testing.T) {
	t.Parallel()
	at := func(x float64, r rune) *piece {
		p := &piece{box: box{x, 0, x + 3, 10}, size: 10, glyphs: []glyph{{r: r, box: box{x, 0, x + 3, 10}}}}
		return p
	}
	row := &line{cells: []*piece{at(0, 'a'), at(100, 'b'), at(200, 'c'), at(300, 'd')}, box: box{0, 0, 303, 10}, size: 10, row: true}
	next := &line{cells: []*piece{at(95, 'e'), at(105, 'f')}, box: box{95, -10, 108, 0}, size: 10}
	if !row.takeCells(next) {
		t.Fatal("the cells are not taken")
	}
	if got := row.cells[1].string(); got != "b e f" {
		t.Errorf("got %q", got)
	}
}
