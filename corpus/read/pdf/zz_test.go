package pdf

import (
	"context"
	"os"
	"strconv"
	"testing"
	"time"

	"parley/corpus/read/limit"
)

func TestZZ(t *testing.T) {
	data, _ := os.ReadFile(os.Getenv("PDF"))
	m := limit.New(context.Background(), limit.Limits{Time: time.Minute})
	i, err := borrow(m)
	if err != nil {
		t.Fatal(err)
	}
	pages, _, err := readPages(m, i, data)
	i.giveBack()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pages {
		p.pieces = join(p.pieces)
	}
	furniture(pages)
	n, _ := strconv.Atoi(os.Getenv("PAGE"))
	for _, leaf := range order(pages[n].pieces) {
		t.Log("leaf")
		for _, p := range leaf {
			t.Logf("  %.0f-%.0f y %.0f-%.0f size %.1f %v %s", p.x0, p.x1, p.y0, p.y1, p.size, p.bold, p.string())
		}
	}
}
