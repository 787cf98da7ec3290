package openai_test

import (
	"testing"

	"parley/bot/openai/openaitest"
	"parley/retrieval/retrievaltest"
)

func TestEmbedderContract(t *testing.T) {
	s := openaitest.New(t, openaitest.Options{})
	o := options(s)
	retrievaltest.EmbedderContract(t, newClient(t, o).Embedder())
	o.DocumentPrefix, o.QueryPrefix, o.Dimensions, o.BatchTexts = "search_document: ", "search_query: ", 32, 2
	retrievaltest.EmbedderContract(t, newClient(t, o).Embedder())
}
