package maintext

import (
	"math"

	"golang.org/x/net/html/atom"
)

// row is where the features of a chunk are collected.
type row struct {
	v     []float32
	names []string // nil while nothing but the values is wanted
	want  bool
}

func (r *row) add(name string, v float32) {
	r.v = append(r.v, v)
	if r.want {
		r.names = append(r.names, name)
	}
}

func (r *row) flag(name string, v bool) {
	if v {
		r.add(name, 1)
	} else {
		r.add(name, 0)
	}
}

func log1(n int) float32 { return float32(math.Log1p(float64(n))) }

func share(a, b int) float32 {
	if b == 0 {
		return 0
	}
	return float32(a) / float32(b)
}

func headingLevel(a atom.Atom) int {
	switch a {
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4:
		return 4
	case atom.H5:
		return 5
	case atom.H6:
		return 6
	}
	return 0
}

func tagCode(ch *chunk) float32 {
	switch ch.tag {
	case atom.P:
		return 10
	case atom.H1:
		return 1
	case atom.H2:
		return 2
	case atom.H3:
		return 3
	case atom.H4, atom.H5, atom.H6:
		return 4
	case atom.Li:
		return 6
	case atom.Td, atom.Th:
		return 7
	case atom.Dt, atom.Dd:
		return 7.5
	case atom.Blockquote:
		return 9
	case atom.Pre:
		return 8
	case atom.Figcaption, atom.Caption:
		return 5
	case atom.Div:
		if ch.frame.marks&inHeading != 0 {
			return 2.5
		}
		return 8.5
	case atom.Section, atom.Article, atom.Main, atom.Body:
		return 8.7
	}
	return 0
}

// features are what the model sees of a chunk.
func (pg *Page) features(i int, r *row) {
	pg.ofText(i, r)
	pg.ofElement(i, r)
	pg.ofPlace(i, r)
	pg.ofNeighbours(i, r)
	pg.ofNames(i, r)
}

func (pg *Page) ofText(i int, r *row) {
	ch, t := pg.chunks[i], &pg.texts[i]
	r.add("words", log1(ch.words))
	r.add("link", share(ch.linkWords, ch.words))
	r.add("links", float32(min(ch.links, 20)))
	r.add("wordlen", t.length/float32(max(ch.words, 1)))
	r.add("ends", t.ends)
	r.add("colon", t.colon)
	r.add("lower", t.lower)
	r.add("quote", t.quote)
	r.add("url", t.url)
	r.add("at", t.at)
	r.add("date", t.date)
	r.add("bar", min(t.bar, 10))
	r.add("commas", min(t.commas, 20))
	r.add("digits", t.digits)
	r.add("caps", t.caps)
	r.add("function", t.function)
	r.add("stops", min(t.stops, 10))
	r.add("dup", min(t.dup, 3))
	r.add("dups", float32(min(pg.keys[t.key], 4)))
	r.add("title", t.title)
	r.add("summary", t.summary)
	r.add("ld", t.ld)
	r.add("author", t.author)
	r.add("bold", share(ch.bold, ch.words))
	r.add("ital", share(ch.ital, ch.words))
	r.add("breaks", float32(min(ch.breaks, 20)))
	r.flag("afterhr", ch.afterHR)
	r.flag("linkfirst", ch.linkFirst)
}

func (pg *Page) ofElement(i int, r *row) {
	ch := pg.chunks[i]
	f := ch.frame
	r.add("tag", tagCode(ch))
	for k, name := range []string{"article", "main", "header", "footer", "aside", "nav", "figure", "caption", "form", "table", "list", "blockquote", "section", "heading", "inlink", "button", "details", "articlebody"} {
		r.flag("in."+name, f.marks&(1<<k) != 0)
	}
	r.add("depth", float32(f.depth))
	p := f.parent
	for _, name := range []string{"p0", "p1", "p2", "p3"} {
		if name == "p0" {
			p = f
		} else if p != nil {
			p = p.parent
		}
		if p == nil {
			p = pg.root
		}
		r.add(name+".words", log1(p.words))
		r.add(name+".chunks", log1(p.chunks))
		r.add(name+".link", share(p.linkWords, p.words))
		r.add(name+".para", share(p.paraWords, p.words))
		r.add(name+".at", share(i-p.first, max(p.chunks, 1)))
		r.add(name+".left", float32(min(p.chunks-1-(i-p.first), 30)))
	}
	ps := pg.paths[f.path]
	r.add("path.words", log1(ps.words))
	r.add("path.share", share(ps.words, pg.total))
	r.add("path.chunks", log1(ps.chunks))
	r.add("path.link", share(ps.linkWords, ps.words))
	r.add("path.at", share(i-ps.first, max(ps.last-ps.first, 1)))
}

func (pg *Page) ofPlace(i int, r *row) {
	ch := pg.chunks[i]
	r.add("at", share(i, len(pg.chunks)))
	r.add("index", log1(i))
	r.add("total", log1(pg.total))
	r.add("main.words", log1(pg.main.paraWords))
	up, f := pg.up(ch.frame), ch.frame
	for range up {
		f = f.parent
	}
	down := 0
	for m := pg.main; m != f; m = m.parent {
		down++
	}
	r.add("main.up", float32(up))
	r.add("main.down", float32(down))
	first, last := pg.main.first, pg.main.first+pg.main.chunks-1
	switch {
	case i < first:
		r.add("main.off", float32(max(i-first, -30)))
	case i > last:
		r.add("main.off", float32(min(i-last, 30)))
	default:
		r.add("main.off", 0)
	}
	r.add("main.rel", share(i-first, max(pg.main.chunks, 1)))
	if pg.titleAt >= 0 {
		r.add("title.off", float32(max(min(i-pg.titleAt, 60), -60)))
	} else {
		r.add("title.off", 99)
	}
	h := pg.heads[i]
	if h >= 0 {
		r.add("head.off", float32(min(i-h, 40)))
		r.add("head.level", float32(headingLevel(pg.chunks[h].tag)))
		r.add("head.main", boolOf(within(pg.chunks[h].frame, pg.main)))
	} else {
		r.add("head.off", 99)
		r.add("head.level", 0)
		r.add("head.main", 0)
	}
}

func boolOf(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

// up is how many elements one leaves on the way from f to the main element.
func (pg *Page) up(f *frame) int {
	n := 0
	for ; !within(pg.main, f); f = f.parent {
		n++
	}
	return n
}

// within reports whether f is g or stands within it.
func within(f, g *frame) bool {
	for f != nil && f.depth > g.depth {
		f = f.parent
	}
	return f == g
}
