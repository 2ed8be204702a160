using Serving.Scoring.Features;

namespace Serving.Scoring.Scorecard;

/// <summary>The cell of every example in every term, looked up once before the weights are fitted.</summary>
internal sealed class Design
{
    private Design(bool[] labels) => Labels = labels;

    public bool[] Labels { get; }

    /// <summary>Per term, the place of each example's weight in the vector of all weights; place 0 is the intercept.</summary>
    public List<int[]> Places { get; } = [];

    public List<(IBinning Row, IBinning? Column, int Start)> Terms { get; } = [];

    public int Weights { get; private set; } = 1;

    public static Design Of(IReadOnlyList<Example> examples) => new([.. examples.Select(example => example.Label)]);

    public void Add(IReadOnlyList<Example> examples, IBinning row, IBinning? column = null)
    {
        var places = new int[examples.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var features = examples[i].Features;
            places[i] = Weights + (column is null ? row.Bin(features) : row.Bin(features) * column.Count + column.Bin(features));
        }

        Places.Add(places);
        Terms.Add((row, column, Weights));
        Weights += Term.Cells(row, column);
    }

    /// <summary>The pairs of weights that stand next to each other along an ordered feature.</summary>
    public IEnumerable<(int First, int Second)> Neighbours()
    {
        foreach (var (row, column, start) in Terms)
        {
            var width = column?.Count ?? 1;
            for (var r = 0; r < row.Count; r++)
            {
                for (var c = 0; c < width; c++)
                {
                    var place = start + r * width + c;
                    if (r > row.FirstOrdered)
                        yield return (place - width, place);
                    if (column is not null && c > column.FirstOrdered)
                        yield return (place - 1, place);
                }
            }
        }
    }
}
