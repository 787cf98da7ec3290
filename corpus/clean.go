package corpus

// cleaned is an article after cleaning.
type cleaned struct {
	article Article
	dropped []Drop
}

func clean(s *source) cleaned {
	c := cleaned{article: s.article}
	c.article.Body, c.article.Headings = composeBody(s.blocks)
	return c
}

func parseText(text string) source {
	return source{blocks: textBlocks(text, 1)}
}
