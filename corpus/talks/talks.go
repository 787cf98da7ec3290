// Package talks has the built-in articles, five briefs on the Kremlin meeting of
// 2 December 2025, in Markdown.
package talks

import "embed"

//go:embed *.md
var files embed.FS

// Files are the articles.
func Files() embed.FS { return files }
