package answer

// evidenceWeights rank sentences: a softmax over a question's candidates, fitted
// to the gold sentences of clapnq, selqa and multihoprag_facts, each set with the
// same say. docs/answers.md has the figures by halves.
var evidenceWeights = [nFeatures]float64{
	fCoverage: 1.2, fSurroundings: 3.65, fLexical: 1.15, fDensity: 4.1, fPassage: 5.4, fPassageCover: 3.3,
	fTopArticle: 0.83, fNames: 0.13, fSlot: 1.6, fQuantity: 1.4, fLength: 0.72, fEarly: 0.9,
}

// wholeWeights rank the sentences of a corpus that is so small that all of it is
// read. Its articles tell of one matter, so that the search for passages says
// less, and what a sentence and its neighbours hold says more.
var wholeWeights = [nFeatures]float64{
	fCoverage: 1.5, fSurroundings: 2.3, fLexical: 1, fDensity: 2.1, fPassage: 2.5, fPassageCover: 1.2,
	fTopArticle: 0.4, fNames: 0.3, fSlot: 1.7, fQuantity: 1.1, fAlign: 2.7, fWindow: 2.8,
}

// confidenceWeights and confidenceBias began as a logistic regression on whether
// a question is answerable (clapnq, mtragun, multihoprag_facts) and were rounded
// and corrected by hand where a signal is too rare there to be fitted, see
// docs/answers.md.
var confidenceWeights = [nSignals]float64{
	sSupport: 2.8, sAgreement: 0.9, sNames: -0.15, sNumber: -2, sQuantity: -3, sTime: -0.9, sName: -2.5, sLoose: -1.1, sUnknown: -6, sPremise: -2,
}

// wholeConfidenceWeights are the weights where every sentence was read: what no good
// sentence has there is in none, so that what is missing weighs more. Judgements.
var wholeConfidenceWeights = [nSignals]float64{
	sSupport: 2.8, sAgreement: 0.9, sNames: -0.15, sNumber: -2, sQuantity: -3, sTime: -1.8, sName: -3, sLoose: -1.4, sUnknown: -6, sPremise: -2.5,
}

const (
	confidenceBias = -1.3
	wholeBias      = -0.9
)

// DefaultThreshold is the confidence below which the engine abstains. It was set
// on clapnq, where it answers .94 of the answerable questions and refuses .51 of
// the others; on another set it falls elsewhere.
const DefaultThreshold = 0.57
