package page

import "testing"

func TestBylineClass(t *testing.T) {
	t.Parallel()
	for class, want := range map[string]bool{
		"byline": true, "by-line": true, "p-author": true, "author-name": true, "byline__name": true, "c-byline": true, "article-header__author": true,
		"post-info__item--type-author": true, "node__author": true, "author-bio": false, "comment-author": false, "about-author": false, "authorship": false,
		"has-author": false, "name": false, "standby": false, "": false,
	} {
		if got := bylineClass(class); got != want {
			t.Errorf("%q: got %t", class, got)
		}
	}
}
