package vector

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	chromem "github.com/philippgille/chromem-go"

	"parley/retrieval"
)

// collection is a chromem collection that holds nothing but vectors under
// passage numbers.
type collection struct {
	c *chromem.Collection
}

func newCollection(ctx context.Context, db *chromem.DB, name string, vecs vectors, passages []int32) (collection, error) {
	// Without a function of its own a collection sends texts to OpenAI. Nothing
	// here has a text to embed, so that it is called is a mistake.
	refuse := func(context.Context, string) ([]float32, error) {
		return nil, errors.New("vector: a collection holds vectors only")
	}
	c, err := db.CreateCollection(name, nil, refuse)
	if err != nil {
		return collection{}, fmt.Errorf("create collection: %w", err)
	}
	for _, p := range passages {
		if err := ctx.Err(); err != nil {
			return collection{}, err
		}
		doc := chromem.Document{ID: strconv.Itoa(int(p)), Embedding: vecs.unit[p]}
		if err := c.AddDocument(ctx, doc); err != nil {
			return collection{}, fmt.Errorf("add passage %d: %w", p, err)
		}
	}
	return collection{c}, nil
}

// query appends at least the n best passages by score, then number, to dst.
// chromem leaves it to chance which of several passages with one score make the
// cut, so it is asked for more until the cut does not fall among equals.
func (c collection) query(ctx context.Context, vec []float32, n int, dst []retrieval.Scored) ([]retrieval.Scored, error) {
	const spare = 16
	count := c.c.Count()
	n = min(n, count)
	for limit := min(n+spare, count); n > 0; limit = min(2*limit, count) {
		res, err := c.c.QueryEmbedding(ctx, vec, limit, nil, nil)
		// A cancelled query returns what it has, without an error.
		if err := errors.Join(ctx.Err(), err); err != nil {
			return nil, err
		}
		if limit < count && res[limit-1].Similarity == res[n-1].Similarity {
			continue
		}
		for i := range res {
			p, err := strconv.Atoi(res[i].ID)
			if err != nil {
				return nil, fmt.Errorf("read passage number: %w", err)
			}
			dst = append(dst, retrieval.Scored{Passage: p, Score: float64(res[i].Similarity)})
		}
		break
	}
	return dst, nil
}
