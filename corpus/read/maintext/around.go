package maintext

func (pg *Page) ofNeighbours(i int, r *row) {
	ch := pg.chunks[i]
	for _, d := range []struct {
		name string
		off  int
	}{{"n-3", -3}, {"n-2", -2}, {"n-1", -1}, {"n+1", 1}, {"n+2", 2}, {"n+3", 3}} {
		j := i + d.off
		if j < 0 || j >= len(pg.chunks) {
			r.add(d.name+".words", -1)
			r.add(d.name+".link", -1)
			r.add(d.name+".tag", -1)
			r.add(d.name+".ends", -1)
			r.add(d.name+".path", -1)
			r.add(d.name+".main", -1)
			continue
		}
		n := pg.chunks[j]
		r.add(d.name+".words", log1(n.words))
		r.add(d.name+".link", share(n.linkWords, n.words))
		r.add(d.name+".tag", tagCode(n))
		r.add(d.name+".ends", pg.texts[j].ends)
		r.add(d.name+".path", boolOf(n.frame.path == ch.frame.path)+boolOf(n.frame.parent == ch.frame.parent))
		r.add(d.name+".main", boolOf(within(n.frame, pg.main)))
	}
	for _, w := range []struct {
		name   string
		lo, hi int
	}{{"w-8", -8, -1}, {"w+8", 1, 8}} {
		words, links, ends, n := 0, 0, 0, 0
		for j := max(i+w.lo, 0); j <= i+w.hi && j < len(pg.chunks); j++ {
			words += pg.chunks[j].words
			links += pg.chunks[j].linkWords
			ends += int(pg.texts[j].ends)
			n++
		}
		r.add(w.name+".words", log1(words))
		r.add(w.name+".link", share(links, words))
		r.add(w.name+".ends", share(ends, n))
	}
	// the next and the last paragraph of some length
	for _, s := range []struct {
		name string
		step int
	}{{"para-", -1}, {"para+", 1}} {
		d := float32(40)
		for k := 1; k < 40; k++ {
			j := i + s.step*k
			if j < 0 || j >= len(pg.chunks) {
				break
			}
			if n := pg.chunks[j]; n.words >= 20 && n.linkWords*3 < n.words && within(n.frame, pg.main) {
				d = float32(k)
				break
			}
		}
		r.add(s.name, d)
	}
}

func (pg *Page) ofNames(i int, r *row) {
	f := pg.chunks[i].frame
	var dist [32]float32
	for g := range pg.kinds {
		dist[g] = 15
	}
	rep, repAt, d := 0, 0, 0
	for ; f != nil; f = f.parent {
		for g := range pg.kinds {
			if f.kinds&(1<<g) != 0 && dist[g] == 15 {
				dist[g] = float32(min(d, 14))
			}
		}
		if d > 0 && f != pg.root {
			if n := pg.repeats[f.path]; n > rep {
				rep, repAt = n, d
			}
			if d <= 3 {
				r.add("rep"+string(rune('0'+d)), log1(pg.repeats[f.path]))
			}
		}
		d++
	}
	for d = max(d-1, 1); d <= 3; d++ {
		r.add("rep"+string(rune('0'+d)), 0)
	}
	r.add("rep.max", log1(rep))
	r.add("rep.at", float32(repAt))
	for g := range pg.kinds {
		r.add("g."+pg.kinds[g].name, dist[g])
	}
	// a date or a name in a short line shortly before: a comment's or a teaser's head
	at := float32(9)
	for k := 1; k <= 4 && i-k >= 0; k++ {
		if pg.texts[i-k].date > 0 && pg.chunks[i-k].words <= 8 {
			at = float32(k)
			break
		}
	}
	r.add("date.before", at)
}
