package sentence

// What sentence borders know about English words. The lists are switches and
// not maps so that nothing can write to them.

// abbreviation says what a full stop after a word means.
type abbreviation int

const (
	neverEnds    abbreviation = iota + 1 // a title or the like: Mr. Smith
	mayEnd                               // ends a sentence only before a word that starts one: Apple Inc.
	beforeNumber                         // no border before a number: No. 5, Fig. 2
	beforeDate                           // months: Dec. 2
	timeOfDay                            // a.m. and p.m.
)

// abbreviationOf returns what is known about a word before a full stop, or 0.
func abbreviationOf(word string) abbreviation {
	switch word {
	case "Mr", "Mrs", "Ms", "Mx", "Dr", "Drs", "Prof", "Profs", "Gen", "Sen", "Sens", "Rep", "Reps", "Gov", "Govs",
		"Lt", "Col", "Sgt", "Capt", "Cmdr", "Adm", "Maj", "Cpl", "Pvt", "Pfc", "Brig", "Rev", "Hon", "Msgr", "Fr",
		"St", "Ste", "Sts", "Mt", "Ft", "Messrs", "Mme", "Mlle", "Amb", "Atty", "Insp", "Supt", "Det", "Pres", "Supr",
		"vs", "Vs", "cf", "Cf", "e.g", "E.g", "eg", "i.e", "I.e", "ie", "viz", "approx", "ca", "lit", "incl", "esp", "aka",
		"Brig.-Gen", "Lt.-Col", "Maj.-Gen", "Lt.-Gen":
		return neverEnds
	case "Inc", "Corp", "Ltd", "Co", "Cos", "Bros", "Jr", "Sr", "Esq", "LLC", "Plc", "PLC", "plc", "Pty", "GmbH", "Assn",
		"Dept", "Univ", "Inst", "Intl", "Natl", "Blvd", "Ave", "Rd", "Hwy", "Bldg", "Est", "est", "Ph.D", "Mfg", "Tech",
		"Ala", "Ariz", "Ark", "Calif", "Colo", "Conn", "Del", "Fla", "Ga", "Ill", "Ind", "Kan", "Ky", "La", "Md", "Mass",
		"Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ore", "Pa", "Tenn", "Tex", "Va", "Vt", "Wash", "Wis",
		"Wyo", "Ont", "Que", "trans", "repr", "dept", "govt", "Govt", "subsp", "var", "sp", "spp", "ft", "sq":
		return mayEnd
	case "No", "Nos", "no", "nos", "Fig", "Figs", "fig", "figs", "Vol", "Vols", "vol", "vols", "Ch", "ch", "Art", "art",
		"Arts", "Sec", "sec", "Sect", "Eq", "eq", "Eqs", "Ref", "Refs", "p", "pp", "Op", "op", "Pt", "pt", "Ver", "ver",
		"Ext", "ext", "Tel", "tel", "Rs", "Tab", "tab", "cap", "Cap", "max", "min", "al", "nr", "Nr", "par", "para",
		"Matt", "Sam", "Chron", "Cor", "Exod", "Ps", "Rom", "Thess", "Tim", "Tit", "Heb", "Deut", "Lev":
		return beforeNumber
	case "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
		"Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Fri", "Sat", "Sun":
		return beforeDate
	case "a.m", "p.m", "A.M", "P.M":
		return timeOfDay
	}
	return 0
}

// startsSentence reports whether a capitalised word is one that sentences start
// with and names do not.
func startsSentence(word string) bool {
	switch word {
	case "The", "A", "An", "This", "That", "These", "Those", "There", "Here", "It", "Its", "He", "She", "His", "Her",
		"They", "Their", "We", "Our", "I", "My", "You", "Your", "One", "Some", "Many", "Most", "Several", "Such", "Each",
		"Both", "All", "Any", "No", "None", "Neither", "Either", "Another", "Other", "Others", "Few", "More", "Much",
		"In", "On", "At", "By", "For", "From", "Of", "To", "With", "Without", "Within", "After", "Before", "During", "Since",
		"Until", "While", "When", "Whenever", "Where", "Whether", "As", "If", "Unless", "Although", "Though", "Because",
		"Despite", "Under", "Over", "Through", "Throughout", "Between", "Among", "Against", "Across", "About", "Around",
		"And", "But", "Or", "Nor", "So", "Yet", "Then", "Thus", "Hence", "However", "Moreover", "Furthermore", "Therefore",
		"Nevertheless", "Nonetheless", "Meanwhile", "Also", "Additionally", "Instead", "Otherwise", "Still", "Now", "Today",
		"Yesterday", "Earlier", "Later", "Finally", "First", "Second", "Third", "Next", "Once", "Only", "Even", "Just",
		"Recently", "Currently", "Previously", "Initially", "Originally", "Eventually", "Soon", "Often", "Sometimes",
		"Perhaps", "Indeed", "According", "Following", "Given", "Like", "Unlike", "Not", "Never", "What", "Who", "Whom",
		"Whose", "Which", "Why", "How", "Is", "Are", "Was", "Were", "Do", "Does", "Did", "Can", "Could", "Will", "Would",
		"Should", "May", "Might", "Must", "Has", "Have", "Had", "Let", "See", "Officials", "Police", "People", "Two", "Three",
		"Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Almost", "Nearly", "Yes", "Well", "Overall", "Besides",
		"Conversely", "Similarly", "Likewise", "Consequently", "Subsequently", "Together", "Along", "Due", "Using", "Based":
		return true
	}
	return false
}

// zoneOrDay reports whether a word goes on after a time of day: 9 a.m. Tuesday,
// 6 p.m. GMT.
func zoneOrDay(word string) bool {
	switch word {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "GMT", "UTC", "BST", "CET", "CEST",
		"EET", "MSK", "EST", "EDT", "ET", "CST", "CDT", "CT", "MST", "MDT", "MT", "PST", "PDT", "PT", "IST", "JST", "AEST",
		"Eastern", "Central", "Mountain", "Pacific", "Greenwich", "London", "Moscow", "Kyiv", "Paris", "Beijing", "Tokyo",
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
		"December", "Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec":
		return true
	}
	return false
}

// speaks reports whether a word is a verb of saying.
func speaks(word string) bool {
	switch word {
	case "said", "says", "asked", "asks", "added", "adds", "told", "tells", "wrote", "writes", "replied", "replies",
		"wondered", "warned", "declared", "exclaimed", "quipped", "shouted", "joked", "recalled", "posted", "tweeted",
		"argued", "demanded", "insisted", "noted", "continued", "responded", "answered", "cried", "yelled", "mused":
		return true
	}
	return false
}

// exclaims reports whether a word is a name written with an exclamation or
// question mark.
func exclaims(word string) bool {
	switch word {
	case "Yahoo", "Yum", "Jeopardy", "Oklahoma", "Chips", "Hey":
		return true
	}
	return false
}

// lettered reports whether a single letter after the word is its label and not
// an initial: vitamin C, plan B.
func lettered(word string) bool {
	switch word {
	case "vitamin", "vitamins", "Vitamin", "hepatitis", "Hepatitis", "type", "Type", "types", "group", "Group", "groups",
		"plan", "Plan", "grade", "Grade", "class", "Class", "category", "Category", "schedule", "Schedule", "point", "part",
		"Part", "section", "Section", "figure", "Figure", "appendix", "Appendix", "influenza", "protein", "cyclin", "phase",
		"model", "line", "step", "option", "Option", "exhibit", "Exhibit", "block", "team", "Team", "pool", "factor", "Factor",
		"caspase", "kinase", "subunit", "chromosome", "virus", "strain", "allele", "domain", "box", "Series", "League",
		"Serie", "Formula":
		return true
	}
	return false
}
