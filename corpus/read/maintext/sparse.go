package maintext

// sparse yields the sparse features of a chunk: the names of the elements around
// it and the words of a short text.
func (pg *Page) sparse(i int, yield func(string)) {
	ch := pg.chunks[i]
	f := ch.frame
	for d := 0; f != nil && d < 12; d++ {
		prefix := "a:"
		switch d {
		case 0:
			prefix = "0:"
		case 1:
			prefix = "1:"
		}
		if d <= 1 {
			yield(prefix + "<" + f.node.Data)
		}
		for _, w := range f.class {
			yield(prefix + w)
		}
		f = f.parent
	}
	if h := pg.heads[i]; h >= 0 && pg.chunks[h].words <= 8 {
		for _, w := range lowerWords(pg.chunks[h].text, 8) {
			yield("h:" + w)
		}
	}
	if i > 0 && pg.chunks[i-1].words <= 6 {
		for _, w := range lowerWords(pg.chunks[i-1].text, 6) {
			yield("p:" + w)
		}
	}
	ws := lowerWords(ch.text, 60)
	for k, w := range ws {
		if ch.words <= 15 {
			yield("w:" + w)
		} else if ch.words <= 60 {
			yield("m:" + w)
		}
		if k == 0 {
			yield("f:" + w)
		}
		if k == 1 {
			yield("g:" + ws[0] + " " + w)
		}
		if k > 1 && ch.words <= 12 {
			yield("b:" + ws[k-1] + " " + w)
		}
	}
	if len(ws) > 0 && ch.words <= 60 {
		yield("l:" + ws[len(ws)-1])
	}
}
