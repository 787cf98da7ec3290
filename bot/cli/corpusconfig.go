package cli

import (
	"time"

	"parley/corpus/read"
	"parley/corpus/read/files"
	"parley/corpus/read/limit"
)

// CorpusConfig says what to read, and how much.
type CorpusConfig struct {
	Paths            []string `toml:"paths"`              // folders and files; relative ones count from the configuration file's folder
	MaxFiles         int      `toml:"max_files"`          // files and folders in all
	MaxTotalBytes    int64    `toml:"max_total_bytes"`    // of all files that are read
	MaxFileBytes     int64    `toml:"max_file_bytes"`     // of a file that holds many articles
	MaxArticleBytes  int64    `toml:"max_article_bytes"`  // of any other file, or one article of a file of many
	MaxUnpackedBytes int64    `toml:"max_unpacked_bytes"` // of all that is packed in one file
	MaxNodes         int      `toml:"max_nodes"`          // elements, keys, cells and paragraphs of one file
	MaxDepth         int      `toml:"max_depth"`          // of elements within elements
	MaxMemoryBytes   int64    `toml:"max_memory_bytes"`   // for a file that is read in a process of its own
	MaxReadSeconds   int      `toml:"max_read_seconds"`   // for one file
}

func defaultCorpus() CorpusConfig {
	return CorpusConfig{
		Paths: []string{}, MaxFiles: files.DefaultEntries, MaxTotalBytes: limit.DefaultTotal,
		MaxFileBytes: limit.DefaultFileBytes, MaxArticleBytes: limit.DefaultArticleBytes, MaxUnpackedBytes: limit.DefaultUnpacked,
		MaxNodes: limit.DefaultNodes, MaxDepth: limit.DefaultDepth, MaxMemoryBytes: limit.DefaultMemory,
		MaxReadSeconds: int(limit.DefaultTime / time.Second),
	}
}

func (c *CorpusConfig) problems() []problem {
	var out []problem
	for _, p := range c.Paths {
		if p == "" {
			out = append(out, problem{"corpus.paths", `cannot be ""`, "name a folder or a file, or leave the list empty for the built-in talks"})
		}
	}
	return out
}

// options are what package read is told.
func (c *CorpusConfig) options() read.Options {
	return read.Options{Files: c.MaxFiles, Bytes: c.MaxTotalBytes, Limits: limit.Limits{
		FileBytes: c.MaxFileBytes, ArticleBytes: c.MaxArticleBytes, Unpacked: c.MaxUnpackedBytes,
		Nodes: c.MaxNodes, Depth: c.MaxDepth, Memory: c.MaxMemoryBytes, Time: time.Duration(c.MaxReadSeconds) * time.Second,
	}}
}
