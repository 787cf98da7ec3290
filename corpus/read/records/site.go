package records

import (
	"cmp"
	"slices"
	"strconv"

	"parley/corpus/read/document"
)

// site is what the export of a site of Ghost states beside its posts, in lists of
// their own as its database has them.
type site struct {
	title   string
	authors map[string][]string // by the ID of a post: their names
}

// readSite reads the members of an object that has such lists.
func (r *reader) readSite(members []member) {
	lists := make(map[string]value)
	for _, m := range members {
		lists[fold(m.key)] = m.value
	}
	if lists["posts"].kind != listKind || lists["postsauthors"].kind != listKind {
		return
	}
	s := &site{authors: make(map[string][]string)}
	names := make(map[string]string)
	for _, u := range r.rows(lists["users"]) {
		names[u["id"]] = u["name"]
	}
	order := r.rows(lists["postsauthors"])
	slices.SortStableFunc(order, func(a, b map[string]string) int {
		i, _ := strconv.Atoi(a["sortorder"])
		j, _ := strconv.Atoi(b["sortorder"])
		return cmp.Compare(i, j)
	})
	for _, o := range order {
		if name := names[o["authorid"]]; name != "" {
			s.authors[o["postid"]] = append(s.authors[o["postid"]], name)
		}
	}
	for _, set := range r.rows(lists["settings"]) {
		if set["key"] == "title" {
			s.title = set["value"]
		}
	}
	r.site = s
}

// rows are the texts and numbers of the objects in a list, by their folded keys.
// What is broken is left out: where it stands nobody needs it.
func (r *reader) rows(v value) []map[string]string {
	elements, err := r.scan.elementsOf(v, 1<<16)
	if err != nil {
		return nil
	}
	var out []map[string]string
	for _, e := range elements {
		members, err := r.scan.membersOf(e)
		if err != nil {
			return nil
		}
		row := make(map[string]string)
		for _, m := range members {
			switch key := fold(m.key); key {
			case "id", "name", "postid", "authorid", "sortorder", "key", "value":
				row[key] = m.value.String()
			}
		}
		out = append(out, row)
	}
	return out
}

// state adds what the site states about a post.
func (s *site) state(rec *record) {
	if s == nil {
		return
	}
	inherit := slices.Clone(rec.inherit)
	id := ""
	if i := rec.find("id"); i >= 0 {
		id = rec.slots[i].value.String()
	}
	for _, name := range s.authors[id] {
		if len(rec.of(document.Author)) == 0 {
			inherit = append(inherit, document.Statement{Field: document.Author, Value: name, From: `list "users"`, Rank: document.Stated, Line: rec.line})
		}
	}
	if s.title != "" {
		inherit = append(inherit, document.Statement{Field: document.Publisher, Value: s.title, From: `list "settings"`, Rank: document.Declared})
	}
	rec.inherit = inherit
}
