package records

// deepest is how many objects and lists a list of articles may stand in.
const deepest = 5

// place is where articles stand.
type place struct {
	value

	article bool // it is one itself, no list of some
}

// find looks for what articles stand in inside an object: lists, and objects
// whose keys are IDs.
func (r *reader) find(v value, depth int) ([]place, error) {
	if depth > deepest {
		return nil, nil
	}
	members, err := r.scan.membersOf(v)
	if err != nil {
		return nil, err
	}
	r.readSite(members)
	var out []place
	for _, m := range members {
		folded := fold(m.key)
		if m.value.kind != objectKind && m.value.kind != listKind || skippedNames().has(folded) {
			continue
		}
		_, known := r.roles[folded]
		if m.value.kind == objectKind && (!known || depth > 0 && wrapperNames().has(folded)) {
			rec, err := r.look(m.value)
			if err != nil {
				return nil, err
			}
			if rec.isArticle() && known {
				out = append(out, place{m.value, true})
				continue
			}
			if rec.isArticle() {
				return []place{{v, false}}, nil
			}
		}
		found, err := r.findIn(m.value, depth)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// findIn looks at the first elements of a list: it is one of articles if one of
// them is an article, else there may be such lists in them.
func (r *reader) findIn(v value, depth int) ([]place, error) {
	if v.kind == objectKind {
		return r.find(v, depth+1)
	}
	const looked = 5
	elements, err := r.scan.elementsOf(v, looked)
	if err != nil {
		return nil, err
	}
	var out []place
	for _, e := range elements {
		if e.kind != objectKind {
			continue
		}
		rec, err := r.look(e)
		if err != nil {
			return nil, err
		}
		if rec.isArticle() {
			return []place{{v, false}}, nil
		}
		found, err := r.find(e, depth+1)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

// look is the record that an object would be.
func (r *reader) look(v value) (*record, error) {
	rec := r.record(v.at)
	if _, err := r.scan.members(v.at, 1, rec.add); err != nil {
		return nil, err
	}
	return rec, rec.unwrap()
}
