package main

// renamed are names of countries and cities that came into use after WordNet
// 3.0 was made, by the names it has.
var renamed = map[string]string{ //nolint:gochecknoglobals // a constant table
	"astana":          "akmola",
	"bengaluru":       "bangalore",
	"cabo verde":      "cape verde",
	"chornobyl":       "chernobyl",
	"czechia":         "czech republic",
	"eswatini":        "swaziland",
	"kharkiv":         "kharkov",
	"kyiv":            "kiev",
	"kyivan":          "kievan",
	"mumbai":          "bombay",
	"north macedonia": "macedonia",
	"odesa":           "odessa",
	"timor-leste":     "east timor",
	"turkiye":         "turkey",
	"yangon":          "rangoon",
}

// rename adds the new names as further words of the places' senses.
func (w *wordNet) rename() {
	for name, old := range renamed {
		if len(w.senses[name]) > 0 {
			continue
		}
		for _, s := range w.senses[old] {
			if w.synsets[s.synset].lexfile == fileLocation {
				s.tags = 0
				w.senses[name] = append(w.senses[name], s)
			}
		}
	}
}
