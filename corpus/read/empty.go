package read

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"parley/corpus/internal/text"
	"parley/corpus/read/limit"
)

var (
	frameset = text.Pattern(`(?i)<frameset[\s>]`)
	frame    = text.Pattern(`(?i)<frame\s[^>]*?\bsrc\s*=\s*["']?([^\s"'>]+)`)
	script   = text.Pattern(`(?i)<script[\s>]`)
)

// whyEmpty says of a page without text where its text is, as far as that shows.
func whyEmpty(page string, err error) error {
	if errors.Is(err, limit.ErrLimit) || errors.Is(err, limit.ErrApart) {
		return err
	}
	const looked, shown = 64 << 10, 3
	head := page[:min(len(page), looked)]
	switch {
	case frameset().MatchString(head):
		var names []string
		for _, m := range frame().FindAllStringSubmatch(head, shown) {
			names = append(names, strconv.Quote(m[1]))
		}
		if len(names) == 0 {
			return errors.New("is a page of frames, without text of its own: save the pages that it shows")
		}
		return fmt.Errorf("is a page of frames, without text of its own: save the pages that it shows, %s", strings.Join(names, ", "))
	case script().MatchString(page):
		return fmt.Errorf("%w: a script would fetch it; open the page in a browser and save it from there", err)
	}
	return err
}
