package generate

import (
	"slices"
	"testing"
)

// TestTakeMarks: the marks by which models cite are no words of a sentence, and
// name its passages; figures that mean something stay.
func TestTakeMarks(t *testing.T) {
	t.Parallel()
	const plain = "Rain fell in Ellery."
	tests := []struct {
		text, want string
		cited      []int
	}{
		{plain, plain, nil},
		{"Rain fell in Ellery [1].", plain, []int{1}},
		{"Rain fell in Ellery. [1]", plain, []int{1}},
		{"Rain fell in Ellery.[1][2]", plain, []int{1, 2}},
		{"Rain fell in Ellery [1, 2; 4].", plain, []int{1, 2, 4}},
		{"Rain fell in Ellery [2-4].", plain, []int{2, 3, 4}},
		{"Rain fell in Ellery [1] [1].", plain, []int{1}},
		{"Rain fell in Ellery (1).", plain, []int{1}},
		{"Rain fell in Ellery【1†source】.", plain, []int{1}},
		{"Rain fell in Ellery【3】【4:0†L3-L5】.", plain, []int{3, 4}},
		{"Rain fell in Ellery.¹", plain, []int{1}},
		{"Rain fell in Ellery¹,².", plain, []int{1, 2}},
		{"Rain fell in Ellery.[^1]", plain, []int{1}},
		{"Rain fell in Ellery <sup>2</sup>.", plain, []int{2}},
		{"Rain fell in Ellery [Source 1].", plain, []int{1}},
		{"Rain fell in Ellery (source: 2).", plain, []int{2}},
		{"Rain fell in Ellery (see passages 1 and 2).", plain, []int{1, 2}},
		{"Rain fell in Ellery [passage: 1].", plain, []int{1}},
		{"Rain fell in Ellery [Passage 1, Passage 3].", plain, []int{1, 3}},
		{"Rain fell in Ellery [[1]](#1).", plain, []int{1}},
		{"Rain fell in Ellery [1](https://example.org/a).", plain, []int{1}},
		{"Rain fell in Ellery {1}.", plain, []int{1}},
		{"Rain fell in Ellery [S1].", plain, []int{1}},
		{"Rain fell in Ellery [doc #2].", plain, []int{2}},
		{"According to passage 2, rain fell in Ellery.", plain, []int{2}},
		{"Passage 2 says that rain fell in Ellery.", plain, []int{2}},
		{"As stated in sources 1 and 2, rain fell in Ellery.", plain, []int{1, 2}},
		{"Rain fell in Ellery, according to passage 2.", plain, []int{2}},
		{"Rain fell in Ellery. Source: 2", plain, []int{2}},
		{"Rain fell in Ellery — Passage 2", "Rain fell in Ellery", []int{2}},
		{"Rain [1] fell in Ellery.", plain, []int{1}},

		{"Rain fell in Ellery (2031).", "Rain fell in Ellery (2031).", nil},
		{"It covers 40 km² of land.", "It covers 40 km² of land.", nil},
		{"It is 10² metres.", "It is 10² metres.", nil},
		{"They invoked Article 5.", "They invoked Article 5.", nil},
		{"They invoked a clause (Article 5).", "They invoked a clause (Article 5).", nil},
		{"According to Article 2 of the treaty, it rains.", "According to Article 2 of the treaty, it rains.", nil},
		{"The source 1 km away dried up.", "The source 1 km away dried up.", nil},
		{"She won 3, 4 and 5 races.", "She won 3, 4 and 5 races.", nil},
		{"He named the documents 3 times.", "He named the documents 3 times.", nil},
	}
	for _, tt := range tests {
		got, cited := plainSentence(tt.text, 9)
		if got != tt.want || !slices.Equal(cited, tt.cited) {
			t.Errorf("%q: got %q, %v, want %q, %v", tt.text, got, cited, tt.want, tt.cited)
		}
	}
}

// TestProseList: the points of a list are sentences of their own.
func TestProseList(t *testing.T) {
	t.Parallel()
	got := readProse("Here is what is known:\n- Rain fell in Ellery [1]\n- Snow fell in Marrow [2]", 9)
	if len(got) != 3 || got[1].text != "Rain fell in Ellery" || got[2].text != "Snow fell in Marrow" || got[2].sources[0].passage != 2 {
		t.Errorf("got %+v", got)
	}
}

// TestProseMarks: the same in running text.
func TestProseMarks(t *testing.T) {
	t.Parallel()
	want := []string{"Rain fell in Ellery.", "Snow fell in Marrow."}
	for _, text := range []string{
		"Rain fell in Ellery【1†source】. Snow fell in Marrow【2†source】.",
		"Rain fell in Ellery.¹ Snow fell in Marrow.²",
		"Rain fell in Ellery.[^1] Snow fell in Marrow.[^2]\n\n[^1]: Passage 1\n[^2]: Passage 2",
		"- Rain fell in Ellery [[1]](#1).\n- Snow fell in Marrow [[2]](#2).",
		"According to passage 1, rain fell in Ellery. According to passage 2, snow fell in Marrow.",
		"Rain fell in Ellery (Source 1). Snow fell in Marrow (Source 2).\n\n**Sources:**\n- Passage 1\n- Passage 2",
		"**Answer:** Rain fell in Ellery [1].\n\n* Snow fell in Marrow. [2]",
		"Rain fell in Ellery [passage: 1]. Snow fell in Marrow [passage: 2].",
	} {
		got := readProse(text, 9)
		if len(got) != len(want) {
			t.Errorf("%q: got %+v", text, got)
			continue
		}
		for i, d := range got {
			plain, cited := plainSentence(d.text, 9)
			for _, s := range d.sources {
				cited = append(cited, s.passage)
			}
			if plain != want[i] || !slices.Equal(cited, []int{i + 1}) {
				t.Errorf("%q: got %q, %v", text, plain, cited)
			}
		}
	}
}
