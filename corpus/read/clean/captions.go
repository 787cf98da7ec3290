package clean

import (
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/document"
	"parley/corpus/read/metadata"
)

// Photo captions, photo credits and embedded posts.

// agencies are the names that stand alone under photographs: of news agencies, of
// those who sell pictures, and what says where a picture is from.
const agencies = `((?:the )?(?:` + metadata.Agencies + `)|ap photo|pa|pa wire|pa images|shutterstock|alamy|istock|unsplash|pixabay|pexels|zuma press|zuma|nurphoto|imago|imago images|abaca|sipa|sipa usa|usa today|ap file|file|file photo|file image|handout|handout photo|pool|pool photo|courtesy photo|stock photo|stock image|wikimedia commons|screenshot|screengrab|social media|archivbild|symbolbild|archivfoto|symbolfoto|archives|archivo|archivio|arquivo|archief|archiwum)`

var (
	// loneCredit is a line that is only a credit: "Reuters", "Jane Doe/AFP via
	// Getty Images", "AP Photo/Jane Doe".
	loneCredit = text.Pattern(`(?i)^[(\[]?(©? ?` + agencies + `(( ?(/|,|via|\|) ?| [-–] )[\p{L} .'’/-]{2,60})?|[\p{L} .'’-]{3,40} ?(/|\bvia\b|\|) ?` + agencies + `([ /,].{0,50})?)[)\]]?$`)

	// markedCredit is a line that says it is a credit or a caption.
	markedCredit = text.Pattern(`(?i)^[(\[]?((image|photo|picture|photograph|illustration|graphic|cover|featured image|file photo|file image|image source|photo source|photo credit|image credit|credits?|caption|image caption|video caption|photo caption|picture caption)s? ?([:©|/]|by\b|courtesy\b|from\b| - | – )|(image|photo|media|video|picture) (source|caption|credit|courtesy),).{0,400}$`)

	// foreignCredit is markedCredit in other languages.
	foreignCredit = text.Pattern(`(?i)^[(\[]?(fotos?|fotografía|fotografia|fotografie|bild(er)?|bildquelle|bildnachweis|crédits?( photos?)?|zdjęci[ea]|fot\.|фото|kuvat?|foto en tekst|görsel|fotoğraf|写真|撮影|画像|图|사진)( ?[:：=©/＝]| (von|de|di|door|av|af|van)\b) ?.{1,120}$`)

	// sourced is a credit that a sentence may begin like.
	sourced = text.Pattern(`^(?i:[a-z]+ (?:from |(?:by|courtesy) (?-i:[a-z])))`)

	// tailCredit is the credit in brackets that ends a caption.
	tailCredit = text.Pattern(`[(\[]([^()\[\]]{2,120})[)\]]\.?$`)

	// creditWords says that brackets hold a credit and not an aside.
	creditWords = text.Pattern(`(?i)(\b(ap|afp|epa|reuters|getty|pool|file|handout|press|staff)\b ?photo|photos? ?(by|:|/|via|courtesy|credit)|(image|picture|credit|photo|courtesy|screengrab|screenshot) ?(:|of\b|by\b|from\b|credit)|\bvia (ap|reuters|afp|getty|epa|x|twitter|facebook|instagram|telegram|youtube|social media)\b|getty images|file photo|pool photo|handout photo|^(photo|file|handout|courtesy|screengrab|screenshot)$|©)|^[\p{L} .'’-]{3,60}/ ?(the )?` + agencies + `\b|^` + agencies + `/`)

	// bareCredit is a credit without brackets that ends a caption.
	bareCredit = text.Pattern(`[.”"] (REUTERS|AP Photo|AFP|AFP PHOTO|EPA|EPA-EFE|PA|XINHUA|KYODO|TASS)/[\p{L}][\p{L} .'’/-]{2,60}$`)

	// photoWords are how captions speak of what is in the picture.
	photoWords = text.Pattern(`(?i)(,? ?\(?\b(left|right|center|centre|front|back|second left|second right|from left|l|r|foreground|background)\b\)?[,)]|\b(pictured|seen here|is seen|are seen|file photo|in this (photo|image|picture|handout|screengrab)|poses? for|shakes? hands)\b)`)

	// signedPost is the end of an embedded post: "— Name (@handle) May 1, 2025".
	signedPost = text.Pattern(`[—–-] ?[^—]{1,80}\(@\w{1,30}\) ?(\p{L}+\.? \d{1,2}, \d{4}|\d{1,2} \p{L}+\.? \d{4})?[.\s]*(https?://\S+)?$`)
	postLink   = text.Pattern(`\bpic\.(twitter|x)\.com/\w+|https?://t\.co/\w+`)
	embedLabel = text.Pattern(`(?i)^((view|see|watch) (this|the) (post|video|photo|tweet|more) on \w+.*|a post shared by .*|this post (is|was) (hosted|unavailable).*|(x|twitter|facebook|instagram|youtube|telegram|tiktok) (post|content|embed).{0,60}|to view this (content|video).{0,200})$`)
)

// maxPostRunes is the length of the longest line that is dropped as an embedded
// post. Posts on X have 280 characters, with name, date and links some more.
const maxPostRunes = 700

// maxCaptionWords and maxCaptionBytes are the length of the longest caption that
// is dropped. News agencies' captions have up to about 80 words.
const (
	maxCaptionWords = 90
	maxCaptionBytes = 1000
)

// creditName is the length in words of a photographer's name with the agency.
const creditName = 12

// embeds drops posts of social networks that a page shows in its text.
func (c *cleaner) embeds() {
	for i := range c.lines {
		content := c.lines[i].Text
		if len(content) > maxPostRunes {
			continue
		}
		switch {
		case signedPost().MatchString(content):
			c.drop(i, "embedded post")
			// A post on several lines: the signature is on the last.
			for j := i - 1; j >= 0 && j > i-10 && strings.HasPrefix(content, "—") && !c.lines[j+1].Gap && c.gaps; j-- {
				c.drop(j, "embedded post")
			}
		case postLink().MatchString(content) && strings.HasSuffix(content, postLink().FindString(content)), embedLabel().MatchString(content):
			c.drop(i, "embedded post")
		}
	}
}

// captions drops photo credits and the captions they belong to. A credit in
// brackets belongs to its own line, a credit on a line of its own to the line
// right above it.
func (c *cleaner) captions() {
	for i := range c.lines {
		l := &c.lines[i]
		if !l.kept() || l.Kind == document.Heading || len(l.Text) > maxCaptionBytes {
			continue
		}
		switch {
		case l.words <= maxCaptionWords && markedCredit().MatchString(l.Text) && !tells(l):
			c.drop(i, "photo caption or credit")
		case l.words <= creditName && !l.ends && foreignCredit().MatchString(l.Text):
			c.drop(i, "photo caption or credit")
		case l.words <= maxCaptionWords && !l.listed() && creditAtEnd(l.Text):
			c.drop(i, "photo caption")
		case l.words <= 12 && !l.ends && loneCredit().MatchString(l.Text):
			c.captionOf(i)
			c.drop(i, "photo credit")
		}
	}
}

// tells reports whether a line that begins like a credit is a sentence: it goes
// on from "Images from the harbor" to what they show.
func tells(l *line) bool {
	return l.ends && l.words > promptWords && sourced().MatchString(l.Text)
}

// captionOf drops the caption above the credit at i.
func (c *cleaner) captionOf(i int) {
	above := i - 1
	for above >= 0 && above > i-4 && !c.lines[above].kept() {
		above--
	}
	if above < 0 || !c.lines[above].kept() || c.lines[above].Kind != document.Plain {
		return
	}
	a := &c.lines[above]
	adjacent := c.gaps && !c.lines[i].Gap
	// In a page with blank lines a caption and its credit stand together, and
	// nothing else is there but, at most, the title above.
	alone := a.Gap || above == 0 || !c.lines[above-1].kept() || !c.lines[above-1].paragraph()
	captioned := a.words <= maxCaptionWords && a.ends && a.words >= 4
	switch {
	case captioned && adjacent && alone && c.next(i) < len(c.lines):
		c.drop(above, "photo caption")
	case captioned && photoWords().MatchString(a.Text):
		c.drop(above, "photo caption")
	case captioned && a.words <= 40 && c.next(i) < len(c.lines) && metadata.EndsInDate(a.Text, c.locale()):
		c.drop(above, "photo caption")
	}
}

// creditAtEnd reports whether a line ends in a photo credit.
func creditAtEnd(content string) bool {
	if bareCredit().MatchString(content) {
		return true
	}
	m := tailCredit().FindStringSubmatch(content)
	return m != nil && text.Words(m[1]) <= 14 && creditWords().MatchString(strings.TrimSpace(m[1]))
}
