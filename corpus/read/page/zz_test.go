package page

import (
	"context"
	"fmt"
	"os"
	"parley/corpus/read/limit"
	"parley/corpus/read/maintext"
	"parley/corpus/read/markup"
	"testing"
)

func TestZZ(t *testing.T) {
	fn := os.Getenv("ZZ")
	if fn == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(fn)
	m := limit.New(context.Background(), limit.Limits{})
	root, _ := markup.Parse(m, string(b))
	f, _ := readFacts(m, root)
	own := f.linked.article(f.addresses(), f.titleKeys())
	pg, _ := maintext.Find(m, f.body, f.hints(own))
	ps, _ := pg.Parts(m)
	fmt.Println(pg.Flow())
	fmt.Println(pg.Main().Data, pg.Main().Attr)
	for i, p := range ps {
		k := " "
		if p.Keep {
			k = "K"
		}
		fl := " "
		if p.InFlow {
			fl = "f"
		}
		tx := p.Text
		if len(tx) > 90 {
			tx = tx[:90]
		}
		fmt.Printf("%3d %s%s %.2f %-8s %d/%d %s | %s\n", i, k, fl, p.Score, p.Element.Data, p.LinkWords, p.Words, p.Aside, tx)
	}
}
