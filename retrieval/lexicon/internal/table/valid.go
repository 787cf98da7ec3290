package table

// valid reports whether every number refers to something, so that no lookup
// leaves its section and every search in the hash table ends.
func (t *Table) valid() bool {
	lemmas, synsets := t.Lemmas(), t.Synsets()
	texts := lemmas + t.spellings.len()
	return len(t.parts) == lemmas &&
		runs(t.textFirst, texts, len(t.texts)) &&
		below(t.spellings, 0, lemmas) &&
		t.slotsValid(texts) &&
		runs(t.senseFirst, lemmas, t.senses.len()) && below(t.senses, 8, synsets) &&
		runs(t.memberFirst, synsets, t.members.len()) && below(t.members, 8, lemmas) &&
		runs(t.edgeFirst, synsets, t.edges.len()) && below(t.edges, 8, synsets) && t.linksValid() &&
		runs(t.tieFirst, lemmas, t.ties.len()) && below(t.ties, tieBits, lemmas) && t.tiesValid() &&
		below(t.antonyms, 0, lemmas) &&
		runs(t.formFirst, t.Exceptions(), len(t.forms)) && below(t.formItems, 8, lemmas) && t.formsValid()
}

// runs reports whether first cuts items into n lists.
func runs(first numbers, n, items int) bool {
	if len(first) != 4*(n+1) || first.at(0) != 0 || int(first.at(n)) != items {
		return false
	}
	last := uint32(0)
	for i := range n + 1 {
		next := first.at(i)
		if next < last {
			return false
		}
		last = next
	}
	return true
}

// below reports whether every number is under a limit when shifted.
func below(all numbers, shift, limit int) bool {
	if len(all)%4 != 0 {
		return false
	}
	for i := range all.len() {
		if int(all.at(i)>>shift) >= limit {
			return false
		}
	}
	return true
}

func (t *Table) slotsValid(texts int) bool {
	n := t.slots.len()
	if len(t.slots)%4 != 0 || n == 0 || n&(n-1) != 0 {
		return false
	}
	free := false
	for i := range n {
		slot := t.slots.at(i)
		free = free || slot == 0
		if slot != 0 && (slot&slotMask == 0 || int(slot&slotMask) > texts) {
			return false
		}
	}
	return free
}

func (t *Table) linksValid() bool {
	all := Edges{t.edges}
	for i := range all.Len() {
		if all.At(i).Link >= links {
			return false
		}
	}
	return true
}

func (t *Table) tiesValid() bool {
	all := Ties{t.ties}
	for i := range all.Len() {
		if all.At(i).Tie >= Antonym {
			return false
		}
	}
	return true
}

func (t *Table) formsValid() bool {
	for i := range t.Exceptions() {
		if Part(t.formItems.at(i)) >= parts {
			return false
		}
	}
	return len(t.antonyms)%8 == 0
}
